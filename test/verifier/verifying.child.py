"""Runs verify.py once for each line of arguments on standard input; answers with a line of exit code and output."""

import contextlib
import functools
import io
import json
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import verify  # noqa: E402

# A pairing takes longer than all else together, and the draws of a spec share a few signatures.
library = verify.bls_library()
library.why_refused = functools.cache(library.why_refused)
verify.bls_library = lambda: library


def run(arguments: list) -> dict:
    sys.argv = ["verify.py", *arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = verify.main()
        except SystemExit as end:
            code = end.code
        except Exception:
            traceback.print_exc()
            code = 1
    stdout, stderr = (stream.detach().getvalue().decode() for stream in (out, err) if stream.flush() is None)
    return {"code": code, "stdout": stdout, "stderr": stderr}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
