import sys
from pathlib import Path

# The helpers of this folder are a plain module beside the tests.
sys.path.insert(0, str(Path(__file__).parent))
