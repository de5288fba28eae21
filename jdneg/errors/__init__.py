"""Every way jdneg can fail: one class per failure, facts inside.

The sentence stands in the catalogue under ``errors.<code>`` (both languages, with what to do next);
``exit_code`` is mapped in `jdneg.cli` alone. Exit codes: 2 usage or invalid value, 3 not found,
4 broken chain or vault or later format or bundle not ok, 5 lock, disk or permission, 70 bug.
"""

from jdneg.errors.base import *
from jdneg.errors.debts import *
from jdneg.errors.kept import *
from jdneg.errors.typed import *
