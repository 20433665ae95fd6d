#!/usr/bin/env python3
"""Checks a draw of lottery-draw/v1 or v2 offline, with nothing but Python 3.9 and the files that the service publishes.

A second implementation, written from docs/draw-protocol.md alone ("section n" below is a section of that page).
It reads bundle.json, and ballots.txt where it is given; it opens no connection and believes no key but --key.
"""
from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import hmac
import importlib.util
import json
import re
import struct
import sys
from collections import namedtuple
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple, NoReturn

HELP = """\
What it does: it prints one line for each check, CHECKED, FAILED (the first failure ends it) or NOT CHECKED (what no
offline check can know, or what needs a file that was not given), then the assurance level and the winners.

Where the files come from: GET /lotteries/{date}/bundle, GET /lotteries/{date}/ballots.txt, the answer to your
ballot (receipt.json), GET /ballots/{id}/proof (proof.json). Take the verifier key from a place that you trust, never from
the bundle. The pairing of the beacon is checked where bls12381.py lies beside this file.

Exit codes: 0 all that was checked holds; 1 a check failed; 2 the command line or a file could not be used;
3 all that was checked holds, but the draw is not drawn yet."""

TEXTS = {
    "bundle": "the bundle is complete and well formed",
    "key": "the bundle is signed by the key that you gave",
    "open-signature": "the open note is signed",
    "open": "the open note is well formed",
    "seal-signature": "the seal note is signed",
    "seal": "the seal note belongs to the open note",
    "checkpoint": "the sealed tree has a signed checkpoint",
    "exclusions": "the exclusions are those of the seal note",
    "round": "the beacon round is the one that the rules give",
    "draw-signature": "the draw note is signed",
    "draw": "the draw note belongs to the seal note",
    "commitment": "the secret is the one committed to before the first ballot",
    "beacon": "the beacon signature is valid",
    "candidates": "the candidates are those that the randomness names",
    "ranks": "the ranks are those that the randomness names",
    "winners": "nobody else could win: the winners are fewer than wanted",
    "inclusion": "each candidate's ballot is in the sealed tree",
    "assurance": "the assurance level follows from the recorded facts",
    "ballots": "the list has every ballot once, in order",
    "root": "the list gives the sealed root",
    "receipt": "your receipt is signed by the same key and for this draw",
    "proof": "your ballot is in the draw",
    "my-ballot": "your ballot is in the draw",
}
# What was left out comes last, in this order.
NOT_CHECKED = {
    "ballots": "the full list of ballots: give ballots.txt",
    "ranks": "the ballot of each rank: give ballots.txt",
    "winners": "nobody else could win, as the winners are fewer than wanted: give ballots.txt",
    "beacon": "the beacon signature is valid: the pairing needs a BLS library",
    "my-ballot": "your ballot is in the draw: give ballots.txt or --proof",
    "signatures": "signatures by other keys than yours: they are ignored",
    "extensions": "extension lines of a checkpoint: they are ignored",
    "published": "when the seal note became public: keep it as soon as it is published, or ask who did",
    "refused": "ballots that were refused without a receipt: nobody can prove what was never written",
}
RANKS_IN_LIST = "the list has the ballot of each rank at its place"
RANKS_NEED_LIST = "; the winner's place can be checked with the list of ballots only."
VOID = "The draw is void: no ballot could win."
UNDRAWN = "The draw is not drawn yet."
UNKNOWN = "The draw is void or not drawn yet."
ASSURANCE = {
    "A": "The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that "
    "moment can confirm.",
    "B": "A beacon was used, but its round was fixed only at sealing: the operator could not know the result, but "
    "could have discarded a seal that nobody had fetched and sealed again.",
    "C": "No beacon was used: the arithmetic is checkable by anyone, but the operator could know the result "
    "beforehand and add ballots of its own.",
}

# ASCII classes only: \d and str.isdigit accept the digits of every script. A number has at most 15 digits, so that
# every JSON reader holds it exactly. All patterns are matched with fullmatch, so a line is these bytes and no others.
HEX = "(?:[0-9a-f]{2})+"
HASH = "[0-9a-f]{64}"
PLAYER = "[0-9a-f]{32}"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
POSITIVE = "[1-9][0-9]{0,14}"
NUMBER = f"0|{POSITIVE}"
INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
BASE64 = "[A-Za-z0-9+/]+={0,2}"
LEAF = f"({NUMBER}) ({UUID}) ({PLAYER}) ({INSTANT})"
BEACON = f"beacon (?:none|({HASH}) ({POSITIVE}))"

OPEN_LINES = (
    "lottery-draw/v([12])/open",
    f"draw ({UUID})",
    "name [ -~]{1,100}",
    f"opens ({INSTANT})",
    f"closes (?:({INSTANT})|when-full ({POSITIVE}))",
    f"winners ({POSITIVE})",
    f"commitment ({HASH})",
    f"beacon (?:none|({HASH}) (?:({POSITIVE})|after-seal))",
)
SEAL_LINES = (
    "lottery-draw/v%d/seal",
    f"draw ({UUID})",
    f"open ({HASH})",
    f"sealed ({INSTANT})",
    "trigger (schedule|manual|full)",
    f"size ({NUMBER})",
    f"root ({BASE64})",
    f"excluded ({NUMBER}) ({HASH})",
)
SEAL_ELIGIBLE = f"eligible ({NUMBER})"
DRAW_HEAD = (
    "lottery-draw/v%d/draw",
    f"draw ({UUID})",
    f"seal ({HASH})",
    f"secret ({HASH})",
    f"beacon-signature (?:none|({HEX}))",
)
DRAW_CANDIDATE = f"candidate ({NUMBER}) ({NUMBER}) ({UUID}) (winner|excluded|repeated)"
DRAW_RANKED = f"ranked ({NUMBER}) ({NUMBER}) ({NUMBER}) ({NUMBER}) ({UUID})"
DRAW_TAIL = (f"drawn ({INSTANT})", "assurance ([ABC])")
CHAIN_MEMBERS = {"chainHash": HASH, "publicKey": HEX, "genesis": int, "period": int, "scheme": str}

EMPTY_ROOT = hashlib.sha256(b"").digest()
CLOSE_TO_ROUND_MS = 60_000
SEAL_BEFORE_ROUND_MS = 10_000
BLS_SCHEME = "bls-unchained-g1-rfc9380"
BLS_DST = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
BLS_P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
LONGEST_LINE = 256  # bytes; a leaf line has at most 122, and a file without line feeds must not fill the memory
MAX_MISSES = 256  # of version 2: so many candidates who cannot win, and ranks find the winners that are missing
MAX_SIGNATURES = 100  # more than witnesses will ever be
SPACES = "\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.dont_write_bytecode = True
    try:
        inputs = read_inputs(command_line())
        report = Report(inputs.as_json)
        try:
            outcome = verify(inputs, report)
        except Failed:
            report.conclude_failure()
            return 1
        report.conclude(outcome)
        return 0 if outcome.state in (None, VOID) else 3
    except Unusable as problem:
        print(f"verify: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stdout = None  # nobody reads any more, so nothing is flushed at the exit
        return 2


class Refused(Exception):
    """A check does not hold; the message is the reason."""


class Failed(Exception):
    """The first failure is in the report."""


class Unusable(Exception):
    """The command line or a file cannot be used: nothing can be said about the draw."""


Outcome = namedtuple("Outcome", "assurance winners state")


class Report:
    """Prints a line for each check as soon as it is made, or keeps all for one JSON object."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.checks: list[dict[str, str]] = []

    def check(self, step: str, work: Callable, *arguments: Any, text: str | None = None) -> Any:
        """@raises Failed where the work refuses."""
        said = text or TEXTS[step]
        try:
            result = work(*arguments)
        except Refused as refusal:
            self.add(step, "failed", said, str(refusal))
            raise Failed from None
        self.add(step, "checked", said)
        return result

    def add(self, step: str, status: str, text: str, reason: str | None = None) -> None:
        entry = {"step": step, "status": status, "text": text}
        self.checks.append(entry if reason is None else {**entry, "reason": reason})
        self.say(f"{status.upper().replace('-', ' ')} {text}" + ("" if reason is None else f": {reason}"))

    def conclude(self, outcome: Outcome) -> None:
        sentence = ASSURANCE[outcome.assurance]
        if any(check["step"] == "ranks" for check in self.checks):
            sentence = sentence[:-1] + RANKS_NEED_LIST
        self.say(f"Assurance {outcome.assurance}: {sentence}")
        for number, leaf in enumerate(outcome.winners, 1):
            self.say(f"Winner {number}: ballot {leaf.ballot}, player {leaf.player}, index {leaf.index}")
        if outcome.state is not None:
            self.say(outcome.state)
        winners = [{"ballotId": leaf.ballot, "player": leaf.player, "index": leaf.index} for leaf in outcome.winners]
        void, undrawn = outcome.state == VOID, outcome.state in (UNDRAWN, UNKNOWN)
        known = {"assurance": outcome.assurance, "winners": winners, "void": void, "undrawn": undrawn}
        self.say_json(valid=not undrawn, **known, checks=self.checks)

    def conclude_failure(self) -> None:
        self.say("The draw does NOT verify.")
        self.say_json(valid=False, assurance=None, winners=[], void=False, undrawn=False, checks=self.checks)

    def say(self, line: str) -> None:
        if not self.as_json:
            print(line, flush=True)

    def say_json(self, **members: Any) -> None:
        if self.as_json:
            print(json.dumps(members, ensure_ascii=False, separators=(",", ":")))


def refuse(reason: str) -> NoReturn:
    raise Refused(reason)


# The files and the command line

Inputs = namedtuple("Inputs", "bundle key ballots receipt proof chains as_json")
Key = namedtuple("Key", "text name id public ignored")  # ignored: what signed_body and parse_checkpoint passed over


class Chain(NamedTuple):
    """A drand chain that the person trusts: times in seconds, bytes in hex."""

    hash: str
    public_key: str
    genesis: int
    period: int
    scheme: str

    def time(self, round_number: int) -> int:
        """The instant of a round in ms since 1970."""
        return (self.genesis + (round_number - 1) * self.period) * 1000

    def first_round_at(self, instant: int) -> int:
        """The first round whose time is not before the instant (ms since 1970)."""
        return max(0, -((self.genesis * 1000 - instant) // (self.period * 1000))) + 1


QUICKNET = Chain(
    hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    public_key="83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    genesis=1692803367,
    period=3,
    scheme=BLS_SCHEME,
)


def command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Checks a draw of lottery-draw/v1 or v2 offline.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("bundle", metavar="bundle.json", help="the bundle of the draw")
    parser.add_argument("ballots", metavar="ballots.txt", nargs="?", help="the list of ballots, - for standard input")
    parser.add_argument("--key", required=True, metavar="KEY", help="the operator's verifier key, name+id+key")
    parser.add_argument("--receipt", metavar="receipt.json", help="your receipt: is your ballot in the draw?")
    parser.add_argument("--proof", metavar="proof.json", help="the inclusion proof of the ballot of your receipt")
    parser.add_argument("--chain", metavar="chain.json", help="a drand chain to trust besides quicknet, as /info gives")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
    options = parser.parse_args()
    if options.proof is not None and options.receipt is None:
        parser.error("--proof needs --receipt")
    return options


def read_inputs(options: argparse.Namespace) -> Inputs:
    """@raises Unusable"""
    chains = [QUICKNET] if options.chain is None else [QUICKNET, parse_chain(read_file(options.chain))]
    return Inputs(
        bundle=read_file(options.bundle),
        key=parse_key(options.key),
        ballots=None if options.ballots is None else open_ballots(options.ballots),
        receipt=None if options.receipt is None else read_file(options.receipt),
        proof=None if options.proof is None else read_file(options.proof),
        chains={chain.hash: chain for chain in chains},
        as_json=options.json,
    )


def read_file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as problem:
        raise Unusable(f"cannot read {path!r}: {problem}") from None


def open_ballots(path: str) -> BinaryIO:
    try:
        return sys.stdin.buffer if path == "-" else open(path, "rb")
    except (OSError, ValueError) as problem:
        raise Unusable(f"cannot read {path!r}: {problem}") from None


def parse_key(text: str) -> Key:
    """Section 2: name, key id and public key of a verifier key string. @raises Unusable"""
    try:
        match = re.fullmatch(rf"([^\s+]+)\+([0-9a-f]{{8}})\+({BASE64})", text)
        name, key_id, encoded = match.groups() if match and text.isprintable() else refuse("not name+id+key")
        typed = base64_bytes(encoded, 33)
        require(typed[0] == 1, "not an Ed25519 key")
        require(sha256_hex(name.encode() + b"\n" + typed)[:8] == key_id, "the id is not that of the name and the key")
        require(ed25519_is_public_key(ed25519_decode(typed[1:])), "not a usable point of Ed25519")
        return Key(text, name, bytes.fromhex(key_id), typed[1:], set())
    except Refused as refusal:
        raise Unusable(f"the key given with --key is malformed: {refusal}") from None


def parse_chain(source: bytes) -> Chain:
    """drand's own /info format; its hash binds all that decides a beacon. @raises Unusable"""
    try:
        chain = parse_json(source)
        types = {"public_key": "[0-9a-f]{192}", "period": int, "genesis_time": int, "hash": HASH, "groupHash": HEX}
        types.update(schemeID=BLS_SCHEME)
        require_members(chain, types, "the chain", others=True)
        metadata = chain.get("metadata") or {}
        require(isinstance(metadata, dict), "its metadata is malformed")
        beacon_id = metadata.get("beaconID", "")
        require(isinstance(beacon_id, str), "its beaconID is malformed")
        require(0 < chain["period"] < 2**32, "its period is out of range")
        content = struct.pack(">Iq", chain["period"], chain["genesis_time"])
        content += bytes.fromhex(chain["public_key"]) + bytes.fromhex(chain["groupHash"])
        content += b"" if beacon_id == "default" else beacon_id.encode()
        require(sha256_hex(content) == chain["hash"], "its hash does not fit its members")
        return Chain(chain["hash"], chain["public_key"], chain["genesis_time"], chain["period"], chain["schemeID"])
    except Refused as refusal:
        raise Unusable(f"the chain given with --chain cannot be used: {refusal}") from None


# The verification, step by step

def verify(inputs: Inputs, report: Report) -> Outcome:
    """@raises Failed at the first check that does not hold"""
    check, key, library = report.check, inputs.key, bls_library()
    bundle = check("bundle", parse_bundle, inputs.bundle)
    check("key", require, bundle["verifierKey"] == key.text, "the bundle names another key")
    open_body = check("open-signature", signed_body, bundle["open"], key)
    opening = check("open", parse_open, open_body, bundle["format"])
    seal_body = check("seal-signature", signed_body, bundle["seal"], key)
    seal = check("seal", parse_seal, seal_body, opening)
    check("checkpoint", check_sealed_checkpoint, bundle["checkpoint"], key, seal)
    excluded = check("exclusions", parse_exclusions, bundle["exclusions"], seal)
    check("round", check_round, bundle, opening, seal, inputs.chains, library)

    level = assurance_level(opening, seal, inputs.chains)
    drawn = Drawn([], {}, [], False)
    if bundle["draw"] is not None:
        draw = parse_signed_draw(bundle, key, opening, seal, inputs.chains, report)
        verify_beacon(bundle["beacon"], draw, library, report)
        blocks = Blocks(draw_key(opening, seal, draw))
        drawn = check("candidates", check_candidates, bundle, opening, seal, draw, excluded, blocks)
        if draw.ranked:
            drawn = check("ranks", check_ranks, bundle, opening, seal, draw, excluded, blocks, drawn)
        check("inclusion", check_inclusion, bundle["candidates"], seal)
        check("assurance", require, draw.assurance == level, f"the recorded facts give level {level}")

    receipt = None if inputs.receipt is None else attempt(parse_receipt, inputs.receipt, key, seal)
    mine = receipt if isinstance(receipt, Receipt) else None
    listed = None
    if inputs.ballots is not None:
        listed = check("ballots", read_ballots, inputs.ballots, opening, seal, excluded, mine, drawn)
        check("root", check_list, listed, seal)
        if drawn.ranked:
            check("ranks", check_counted_ranks, listed, drawn, text=RANKS_IN_LIST)
        if drawn.is_short:
            check("winners", check_nobody_left, listed)
    state = None if bundle["draw"] is not None else report_state(seal, listed, report)
    found = True
    if inputs.receipt is not None:
        check("receipt", require_done, receipt)
        found = verify_my_ballot(mine, inputs.proof, seal, listed, drawn.lines, report)

    pairing = bundle["beacon"] is None or library is not None
    done = {"ballots": listed is not None, "beacon": pairing, "my-ballot": found}
    done.update(ranks=listed is not None or not drawn.ranked, winners=listed is not None or not drawn.is_short)
    done.update({step: step not in key.ignored for step in ("signatures", "extensions")})
    for step, text in NOT_CHECKED.items():
        if not done.get(step, False):
            report.add(step, "not-checked", text)
    return Outcome(level, drawn.winners, state)


def parse_signed_draw(
    bundle: dict, key: Key, opening: OpenNote, seal: SealNote, chains: dict[str, Chain], report: Report
) -> DrawNote:
    body = report.check("draw-signature", signed_body, bundle["draw"], key)
    decided = None if seal.chain is None else chains[seal.chain].time(seal.round)
    draw = report.check("draw", parse_draw, body, seal, opening.version, decided)
    secret = f"lottery-draw/v{opening.version}/commit\0".encode() + draw.secret
    report.check("commitment", require, sha256_hex(secret) == opening.commitment, "the secret has another hash")
    return draw


def verify_beacon(beacon: dict | None, draw: DrawNote, library: Any, report: Report) -> None:
    if beacon is None:
        return report.add("beacon", "checked", "no beacon was used")
    result = attempt(check_beacon, beacon, draw, library)
    if library is not None or isinstance(result, Refused):
        report.check("beacon", require_done, result)


def report_state(seal: SealNote, listed: BallotList | None, report: Report) -> str:
    """The result line of a bundle without a draw note."""
    if seal.size == 0:
        report.add("void", "checked", "no ballot was cast, so the draw is void")
        return VOID
    eligible = seal.eligible if listed is None else listed.eligible
    if eligible is None:
        report.add("void", "not-checked", "the draw: it is void or not drawn yet; the list tells which")
        return UNKNOWN
    if eligible == 0:
        report.add("void", "checked", "every ballot is excluded, so the draw is void")
        return VOID
    report.add("void", "not-checked", "the draw: it is sealed and not drawn yet")
    return UNDRAWN


def verify_my_ballot(
    receipt: Receipt, proof: bytes | None, seal: SealNote, listed: BallotList | None, candidates: dict, report: Report
) -> bool:
    """Whether there was anything to find the ballot in."""
    proven = None if proof is None else attempt(parse_proof, proof)
    if isinstance(proven, Refused):
        report.check("proof", require_done, proven)
    refusal = attempt(check_my_ballot, receipt, proven, seal, listed, candidates)
    if not isinstance(refusal, Refused) and proof is None and listed is None and receipt.index not in candidates:
        return False
    report.check("my-ballot", require_done, refusal)
    return True


def attempt(work: Callable, *arguments: Any) -> Any:
    """The result, or the refusal as a value, to be reported in its turn."""
    try:
        return work(*arguments)
    except Refused as refusal:
        return refusal


def require_done(result: Any) -> None:
    if isinstance(result, Refused):
        raise result


def require(holds: bool, reason: str) -> None:
    if not holds:
        refuse(reason)


# The bundle (section 10)

def parse_bundle(source: bytes) -> dict:
    bundle = parse_json(source)
    texts = dict.fromkeys(("verifierKey", "open", "seal", "checkpoint", "exclusions"), str)
    types = {"format": "lottery-bundle/v[12]", **texts, "draw": (str, None), "beacon": (dict, None), "candidates": list}
    require_members(bundle, types, "the bundle")
    if bundle["beacon"] is not None:
        require_members(bundle["beacon"], {**CHAIN_MEMBERS, "round": int, "signature": HEX}, "the beacon")
    for candidate in bundle["candidates"]:
        require_members(candidate, {"j": int, "line": str, "proof": list}, "a candidate")
        require_hashes(candidate["proof"])
    require(bundle["draw"] is not None or not bundle["candidates"], "it has candidates and no draw note")
    return bundle


def parse_json(source: bytes) -> Any:
    """Strict JSON in UTF-8: no byte order mark, no NaN, no name twice in an object, no half of a surrogate pair."""
    try:
        value = json.loads(
            source.decode("utf-8"),
            # A float is not an integer to anybody below: so neither are -0 and what other readers would round.
            parse_int=lambda digits: int(digits) if re.fullmatch(f"{NUMBER}|-{POSITIVE}", digits) else float("nan"),
            parse_constant=lambda name: refuse(f"{name} is not JSON"),
            object_pairs_hook=unambiguous_object,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except (ValueError, RecursionError):
        refuse("it is not JSON in UTF-8")


def unambiguous_object(pairs: list[tuple[str, Any]]) -> dict:
    require(len(dict(pairs)) == len(pairs), "it names a member twice")
    return dict(pairs)


def require_members(value: Any, types: dict[str, Any], what: str, others: bool = False) -> None:
    """A type is a class, a pattern for a string, or a pair whose second is None for what may be null."""
    require(type(value) is dict, f"{what} is not an object")
    complete = types.keys() <= value.keys() if others else types.keys() == value.keys()
    require(complete, f"{what} has other members than {', '.join(types)}")
    for name, expected in types.items():
        kind = expected[0] if type(expected) is tuple else expected
        member = value[name]
        if type(kind) is str:
            fits = type(member) is str and re.fullmatch(kind, member) is not None
        else:
            fits = type(member) is kind and (kind is not int or member >= 0)
        require(fits or (member is None and type(expected) is tuple), f"{name} of {what} is not of its type")


def require_hashes(proof: list) -> None:
    exact = all(type(node) is str and re.fullmatch(HASH, node) for node in proof)
    require(exact, "a proof has a hash that is not 64 lower-case hex digits")


# Signed notes (section 2)

def signed_body(note: str, key: Key) -> bytes:
    """The body of a note that the key has signed, over exactly these bytes; signatures by other keys are ignored."""
    body, blank, rest = note.rpartition("\n\n")
    require(bool(blank), "it has no text followed by an empty line")
    require(re.search("[\0-\x09\x0b-\x1f]", note) is None, "it has a control character")
    *lines, end = rest.split("\n")
    require(end == "" and 0 < len(lines) <= MAX_SIGNATURES, f"it does not end in 1 to {MAX_SIGNATURES} signature lines")
    signatures = [read_signature(line) for line in lines]
    ours = [signature for name, signature in signatures if name == key.name and signature[:4] == key.id]
    require(len(ours) == 1, "it does not have one signature by the key")
    require(len(ours[0]) == 68, f"its signature has {len(ours[0])} bytes instead of 68")
    signed = f"{body}\n".encode()
    require(ed25519_verify(key.public, signed, ours[0][4:]), "the signature does not fit the text")
    if len(signatures) > 1:
        key.ignored.add("signatures")
    return signed


def read_signature(line: str) -> tuple[str, bytes]:
    match = re.fullmatch(f"— ([^ +{SPACES}]+) ({BASE64})", line)
    if match is None:
        refuse("it has a malformed signature line")
    signature = base64_bytes(match[2])
    require(len(signature) > 4, "it has a signature that is too short")
    return match[1], signature


def base64_bytes(text: str, length: int | None = None) -> bytes:
    """RFC 4648 section 4 in its one canonical form: re-encoding gives the same text."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError:
        refuse("its base64 is not canonical")
    require(base64.b64encode(decoded).decode() == text, "its base64 is not canonical")
    require(length in (None, len(decoded)), f"its base64 has {len(decoded)} bytes instead of {length}")
    return decoded


def note_lines(body: bytes) -> list[str]:
    try:
        lines = body.decode("ascii").split("\n")
    except UnicodeDecodeError:
        refuse("it has characters that are not ASCII")
    return lines[:-1] if lines[-1] == "" else refuse("its last line has no line feed")


def match_lines(lines: list[str], patterns: tuple[str, ...], first: int = 1) -> list[str | None]:
    """The captured fields of lines in a fixed order: as each line is matched whole, they are the note's only form."""
    require(len(lines) == len(patterns), f"it has {len(lines)} lines instead of {len(patterns)}")
    fields: list[str | None] = []
    for number, (line, pattern) in enumerate(zip(lines, patterns), first):
        match = re.fullmatch(pattern, line)
        fields += match.groups() if match else refuse(f"line {number} is not \"{pattern.split(' ')[0]} ...\" exactly")
    return fields


def require_real(instant: str) -> None:
    """The pattern bounds the time of day; the calendar bounds the day."""
    try:
        date.fromisoformat(instant[:10])
    except ValueError:
        refuse(f"{instant} is not a real date")


def milliseconds(instant: str) -> int:
    """Since 1970. Two instants are compared as texts: all have the same width."""
    return (datetime.fromisoformat(f"{instant[:-1]}+00:00") - EPOCH) // timedelta(milliseconds=1)


# The open and the seal note (sections 4, 5 and 8)

OpenNote = namedtuple("OpenNote", "version hash draw opens closes full_at winners commitment chain round")
SealNote = namedtuple("SealNote", "hash draw sealed trigger size root excluded exclusions_hash eligible chain round")


def parse_open(body: bytes, bundle_format: str) -> OpenNote:
    fields = match_lines(note_lines(body), OPEN_LINES)
    version, draw, opens, closes, full_at, winners, commitment, chain, beacon_round = fields
    require(bundle_format == f"lottery-bundle/v{version}", "the bundle is of another version")
    require_real(opens)
    if closes is not None:
        require_real(closes)
        require(opens < closes, "it does not open before it closes")
    if chain is not None:
        require((beacon_round is None) == (closes is None), "the round is after-seal exactly where it closes when-full")
    numbers = whole(full_at), int(winners)
    return OpenNote(int(version), sha256_hex(body), draw, opens, closes, *numbers, commitment, chain, whole(beacon_round))


def parse_seal(body: bytes, opening: OpenNote) -> SealNote:
    title, *others = SEAL_LINES
    eligible_line = (SEAL_ELIGIBLE,) if opening.version == 2 else ()
    fields = match_lines(note_lines(body), (title % opening.version, *others, *eligible_line, BEACON))
    draw, open_hash, sealed, trigger, size, root, excluded, exclusions_hash, *eligible, chain, beacon_round = fields
    require_real(sealed)
    root_hash, round_number = base64_bytes(root, 32), whole(beacon_round)
    counts = int(size), root_hash, int(excluded), exclusions_hash, int(eligible[0]) if eligible else None
    seal = SealNote(sha256_hex(body), draw, sealed, trigger, *counts, chain, round_number)
    require(draw == opening.draw, "it is the seal of another draw")
    require(open_hash == opening.hash, "it seals another open note")
    require(sealed >= opening.opens, "it was sealed before it opened")
    require((trigger == "full") == (opening.full_at is not None), f"{trigger} does not fit how the open note closes")
    if trigger == "full":
        require(seal.size == opening.full_at, f"it has {seal.size} ballots and is full with {opening.full_at}")
    if trigger == "schedule":
        require(sealed >= opening.closes, "it was sealed on schedule before it closed")
    if eligible:
        require(seal.eligible <= seal.size - seal.excluded, f"{seal.eligible} ballots cannot be eligible")
        require(seal.excluded > 0 or seal.eligible == seal.size, "nobody is excluded, but not every ballot is eligible")
    return seal


def whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def check_sealed_checkpoint(note: str, key: Key, seal: SealNote) -> None:
    size, root = parse_checkpoint(note, key, seal.draw)
    require((size, root) == (seal.size, seal.root), "its size or root is not that of the seal note")
    require(size > 0 or root == EMPTY_ROOT, "its root is not that of an empty tree")


def parse_checkpoint(note: str, key: Key, draw: str) -> tuple[int, bytes]:
    origin = re.escape(f"{key.name}/draws/{draw}")
    body = signed_body(note, key).decode()
    match = re.fullmatch(f"{origin}\n({NUMBER})\n({BASE64})\n((?:[^\n]+\n)*)", body)
    if match is None:
        refuse("the checkpoint is not of the log of this draw")
    if match[3]:
        key.ignored.add("extensions")
    return int(match[1]), base64_bytes(match[2], 32)


def parse_exclusions(text: str, seal: SealNote) -> set[str]:
    if re.fullmatch(f"(?:{PLAYER}\n)*", text) is None:
        refuse("it is not lines of 32 lower-case hex digits")
    players = text.split("\n")[:-1]
    require(sorted(set(players)) == players, "it is not sorted, or has a player twice")
    require(len(players) == seal.excluded, "its count is not that of the seal note")
    require(sha256_hex(text.encode()) == seal.exclusions_hash, "its hash is not that of the seal note")
    return set(players)


def check_round(bundle: dict, opening: OpenNote, seal: SealNote, chains: dict[str, Chain], library: Any) -> None:
    beacon, drawn = bundle["beacon"], bundle["draw"] is not None
    if seal.chain != opening.chain:
        refuse("the open note and the seal note name different beacons")
    if opening.chain is None:
        return require(beacon is None, "the notes name no beacon and the bundle has one")
    chain = chains.get(opening.chain)
    if chain is None:
        refuse("the chain is not one that is trusted here: quicknet, or the one given with --chain")
    if opening.closes is not None:
        closing_round = chain.first_round_at(milliseconds(opening.closes) + CLOSE_TO_ROUND_MS)
        require(opening.round == closing_round, f"the round of the open note should be {closing_round}")
    round_number = opening.round
    if not is_precommitted(opening, seal, chain):
        round_number = chain.first_round_at(milliseconds(seal.sealed) + CLOSE_TO_ROUND_MS)
    require(seal.round == round_number, f"the round of the seal note should be {round_number}")
    if beacon is None:
        return require(not drawn, "the bundle has a draw note and no beacon")
    require(Chain(*(beacon[name] for name in CHAIN_MEMBERS)) == chain, "the chain in the bundle is not the trusted one")
    require(beacon["round"] == seal.round, "the round in the bundle is not that of the seal note")
    if not drawn:
        check_signature(beacon, library)  # no later step looks at it


def is_precommitted(opening: OpenNote, seal: SealNote, chain: Chain) -> bool:
    """Whether the round of the open note counts: sealed on schedule, at least 10 s before it."""
    if opening.round is None or seal.trigger != "schedule":
        return False
    return milliseconds(seal.sealed) <= chain.time(opening.round) - SEAL_BEFORE_ROUND_MS


def assurance_level(opening: OpenNote, seal: SealNote, chains: dict[str, Chain]) -> str:
    if opening.chain is None:
        return "C"
    return "A" if is_precommitted(opening, seal, chains[opening.chain]) else "B"


# The draw note and what follows from it (sections 6 and 7)

Candidate = namedtuple("Candidate", "j index ballot verdict")
Ranked = namedtuple("Ranked", "j n rank index ballot")
DrawNote = namedtuple("DrawNote", "secret beacon_signature candidates ranked assurance")
Leaf = namedtuple("Leaf", "index ballot player submitted")


def parse_draw(body: bytes, seal: SealNote, version: int, decided: int | None) -> DrawNote:
    lines = note_lines(body)
    head, tail = len(DRAW_HEAD), len(lines) - len(DRAW_TAIL)
    require(tail >= head, "it has too few lines")
    draw, seal_hash, secret, signature = match_lines(lines[:head], (DRAW_HEAD[0] % version, *DRAW_HEAD[1:]))
    middle = tail
    while version == 2 and middle > head and lines[middle - 1].startswith("ranked "):
        middle -= 1
    named = match_lines(lines[head:middle], (DRAW_CANDIDATE,) * (middle - head), head + 1)
    ranks = match_lines(lines[middle:tail], (DRAW_RANKED,) * (tail - middle), middle + 1)
    drawn, assurance = match_lines(lines[tail:], DRAW_TAIL, tail + 1)
    require_real(drawn)
    require(draw == seal.draw, "it is of another draw")
    require(seal_hash == seal.hash, "it belongs to another seal note")
    require(drawn >= seal.sealed, "it was drawn before it was sealed")
    require(decided is None or milliseconds(drawn) >= decided, "it was drawn before the round of its beacon")
    require((signature is None) == (seal.chain is None), "it has a beacon signature and the seal none, or the reverse")
    rows = zip(*[iter(named)] * 4)
    candidates = [Candidate(int(j), int(index), ballot, verdict) for j, index, ballot, verdict in rows]
    ranked = [Ranked(*map(int, row[:4]), row[4]) for row in zip(*[iter(ranks)] * 5)]
    return DrawNote(bytes.fromhex(secret), signature, candidates, ranked, assurance)


def check_beacon(beacon: dict, draw: DrawNote, library: Any) -> None:
    require(beacon["signature"] == draw.beacon_signature, "the bundle and the draw note have different signatures")
    check_signature(beacon, library)


def check_signature(beacon: dict, library: Any) -> None:
    """Section 7. Without the library everything but the subgroup and the pairing."""
    signature = bytes.fromhex(beacon["signature"])
    require(len(signature) == 48, f"it has {len(signature)} bytes instead of 48")
    require(signature[0] & 0x80 != 0, "it is not in the compressed form")
    require(signature[0] & 0x40 == 0, "it is the point at infinity")
    x = int.from_bytes(signature, "big") % (1 << 381)
    require(x < BLS_P, "it is not the canonical encoding of a point")
    require(pow(x**3 + 4, (BLS_P - 1) // 2, BLS_P) in (0, 1), "it is not on the curve")
    if library is not None:
        message = hashlib.sha256(struct.pack(">Q", beacon["round"])).digest()
        refusal = library.why_refused(bytes.fromhex(beacon["publicKey"]), message, signature, BLS_DST)
        require(refusal is None, str(refusal))


def bls_library() -> Any:
    """bls12381.py from beside this file and from nowhere else, None where it is missing."""
    path = Path(__file__).resolve().with_name("bls12381.py")
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("bls12381", path)
    library = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(library)
    return library


class Drawn(NamedTuple):
    """The winners in order, the line of every candidate and rank by its index, and what only the list can show."""

    winners: list[Leaf]
    lines: dict[int, str]
    ranked: list[Ranked]
    is_short: bool  # fewer winners than wanted, though the candidates ended by misses


class Blocks:
    """Section 6: B_j as 256-bit integers, each used at most once, in order."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.j = 0

    def next(self, modulus: int) -> int | None:
        """The next block modulo this, without bias; None where it is skipped."""
        require(self.j < 2**32, "the blocks have run out")
        block = int.from_bytes(hmac.new(self.key, struct.pack(">I", self.j), hashlib.sha256).digest(), "big")
        self.j += 1
        return block % modulus if block < 2**256 - 2**256 % modulus else None


def check_candidates(
    bundle: dict, opening: OpenNote, seal: SealNote, draw: DrawNote, excluded: set[str], blocks: Blocks
) -> Drawn:
    """Step 1 of section 6."""
    require(seal.size > 0 and seal.eligible != 0, "there is no ballot that could win")
    noted_lines = len(draw.candidates) + len(draw.ranked)
    require(len(bundle["candidates"]) == noted_lines, "the bundle and the draw note list different numbers")
    most_misses = MAX_MISSES if opening.version == 2 else None
    sequence = named_indexes(blocks, seal.size)
    winners: list[Leaf] = []
    winning_players: set[str] = set()
    lines: dict[int, str] = {}
    for place, (noted, shown) in enumerate(zip(draw.candidates, bundle["candidates"]), 1):
        require(len(winners) < opening.winners, f"candidate {place} stands after the last winner")
        require(len(lines) - len(winners) != most_misses, f"candidate {place} stands after the last miss")
        require(next(sequence, None) == (noted.j, noted.index), f"candidate {place} is not the one that is named")
        leaf = parse_leaf(shown["line"])
        same = (shown["j"], leaf.index, leaf.ballot) == (noted.j, noted.index, noted.ballot)
        require(same, f"candidate {place} is another ballot in the bundle than in the draw note")
        has_won = leaf.player in winning_players
        verdict = "excluded" if leaf.player in excluded else "repeated" if has_won else "winner"
        require(noted.verdict == verdict, f"candidate {place} is {verdict}")
        if verdict == "winner":
            winners.append(leaf)
            winning_players.add(leaf.player)
        lines[leaf.index] = shown["line"]
    is_over = len(winners) == opening.winners or len(lines) == seal.size
    has_missed = not is_over and len(lines) - len(winners) == most_misses
    require(is_over or has_missed, "a candidate is missing at the end")
    require(has_missed or not draw.ranked, "it has ranks and the candidates do not end by misses")
    require(len(winners) + len(draw.ranked) > 0, "nobody wins")
    return Drawn(winners, lines, draw.ranked, has_missed and len(winners) + len(draw.ranked) < opening.winners)


def check_ranks(
    bundle: dict, opening: OpenNote, seal: SealNote, draw: DrawNote, excluded: set[str], blocks: Blocks, drawn: Drawn
) -> Drawn:
    """Step 2 of section 6: all but which ballot each rank is, which only the list shows."""
    winners, lines, most = list(drawn.winners), dict(drawn.lines), seal.eligible
    for place, (noted, shown) in enumerate(zip(draw.ranked, bundle["candidates"][len(draw.candidates) :]), 1):
        require(len(winners) < opening.winners, f"rank {place} stands after the last winner")
        possible = 0 < noted.n <= min(most, seal.eligible - len(winners)) if winners else noted.n == seal.eligible
        require(possible, f"rank {place} is among {noted.n} ballots, and so many cannot be left")
        named = None
        while named is None and blocks.j <= noted.j:
            named = blocks.next(noted.n)
        require(named == noted.rank and blocks.j == noted.j + 1, f"rank {place} is not the one that is named")
        leaf = parse_leaf(shown["line"])
        same = (shown["j"], leaf.index, leaf.ballot) == (noted.j, noted.index, noted.ballot)
        require(same, f"rank {place} is another ballot in the bundle than in the draw note")
        has_room = noted.rank <= noted.index <= noted.rank + seal.size - noted.n
        require(has_room, f"rank {place} cannot be ballot {noted.index}")
        require(leaf.player not in excluded, f"rank {place} is of an excluded player")
        require(all(leaf.player != winner.player for winner in winners), f"rank {place} is of a player who has won")
        winners.append(leaf)
        lines[leaf.index] = shown["line"]
        most = noted.n - 1
    return drawn._replace(winners=winners, lines=lines)


def draw_key(opening: OpenNote, seal: SealNote, draw: DrawNote) -> bytes:
    randomness = bytes(32)
    if draw.beacon_signature is not None:
        randomness = hashlib.sha256(bytes.fromhex(draw.beacon_signature)).digest()
    title = f"lottery-draw/v{opening.version}\0".encode()
    message = title + bytes.fromhex(opening.hash) + bytes.fromhex(seal.hash) + randomness
    return hmac.new(draw.secret, message, hashlib.sha256).digest()


def named_indexes(blocks: Blocks, size: int) -> Iterator[tuple[int, int]]:
    """Every j that names an index for the first time, with that index."""
    seen: set[int] = set()
    while len(seen) < size:
        j, index = blocks.j, blocks.next(size)
        if index is not None and index not in seen:
            seen.add(index)
            yield j, index


def check_inclusion(candidates: list[dict], seal: SealNote) -> None:
    for place, candidate in enumerate(candidates, 1):
        leaf = parse_leaf(candidate["line"])
        root = root_from_proof(candidate["line"], leaf.index, seal.size, candidate["proof"])
        require(root == seal.root, f"the proof of candidate {place} does not lead to the sealed root")


# The log of ballots (section 3)

def parse_leaf(line: str) -> Leaf:
    match = re.fullmatch(LEAF, line)
    if match is None:
        refuse("the line of a ballot is not exactly as in the list")
    require_real(match[4])
    return Leaf(int(match[1]), match[2], match[3], match[4])


def root_from_proof(line: str, index: int, size: int, proof: list[str]) -> bytes | None:
    """RFC 9162 section 2.1.3.2, None where the proof has not the length that the place asks for."""
    if index >= size:
        return None
    fn, sn, root = index, size - 1, hashlib.sha256(b"\0" + line.encode()).digest()
    for sibling in map(bytes.fromhex, proof):
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            root = hashlib.sha256(b"\1" + sibling + root).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = hashlib.sha256(b"\1" + root + sibling).digest()
        fn, sn = fn >> 1, sn >> 1
    return root if sn == 0 else None


class BallotList(NamedTuple):
    """What one pass over ballots.txt has to remember."""

    root: bytes
    prefix_root: bytes | None  # of the tree of the receipt
    receipt_line: str | None
    wrong_candidate: int | None  # an index whose line is not that of the bundle
    missing_excluded: bool
    eligible: int  # ballots of players who are not excluded
    before: dict[int, tuple[int, list[int]]]  # by index of a rank: eligible ballots before it, and of each winner
    of_winners: list[int]


class MerkleTree:
    """RFC 6962 section 2.1 in memory that grows with the logarithm: the roots of the full subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.subtrees: list[bytes] = []

    def append(self, line: bytes) -> None:
        node, place = hashlib.sha256(b"\0" + line).digest(), self.size
        while place & 1:
            node = hashlib.sha256(b"\1" + self.subtrees.pop() + node).digest()
            place >>= 1
        self.subtrees.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self.subtrees:
            return EMPTY_ROOT
        return functools.reduce(lambda right, left: hashlib.sha256(b"\1" + left + right).digest(), self.subtrees[::-1])


class BallotIds:
    """16 bytes an id, sorted out by their last byte, so that ten million fit in memory."""

    def __init__(self) -> None:
        self.groups = [bytearray() for _ in range(256)]

    def add(self, uuid: bytes) -> None:
        packed = bytes.fromhex(uuid.replace(b"-", b"").decode())
        self.groups[packed[15]] += packed

    def has_duplicate(self) -> bool:
        for group in map(bytes, self.groups):
            if len({group[place : place + 16] for place in range(0, len(group), 16)}) * 16 != len(group):
                return True
        return False


def read_ballots(
    stream: BinaryIO, opening: OpenNote, seal: SealNote, excluded: set[str], receipt: Receipt | None, drawn: Drawn
) -> BallotList:
    pattern = re.compile(f"{LEAF}\n".encode())
    tree, ids, missing, eligible = MerkleTree(), BallotIds(), set(excluded), 0
    candidates, before = drawn.lines, {rank.index: (0, []) for rank in drawn.ranked}
    of_winners = {leaf.player: 0 for leaf in drawn.winners}
    previous, sealed = opening.opens.encode(), seal.sealed.encode()
    closes = (opening.closes or "when-full").encode()  # a letter is above the digits of every instant
    prefix_root, receipt_line, wrong_candidate = None, None, None
    with stream, Progress(seal.size) as progress:
        for index, line in enumerate(bounded_lines(stream)):
            if index >= seal.size:
                refuse(f"it has more than {seal.size} lines")
            match = pattern.fullmatch(line)
            if match is None or int(match[1]) != index:
                refuse(f"line {index + 1} is not exactly the line of ballot {index}")
            _, ballot, player, submitted = match.groups()
            if submitted[:10] != previous[:10]:
                require_real(submitted.decode())
            if not previous <= submitted <= sealed or submitted >= closes:
                refuse(f"the time in line {index + 1} is before the line above or the opening, or after the end")
            previous, player, line = submitted, player.decode(), line[:-1]
            ids.add(ballot)
            tree.append(line)
            if index in before:
                before[index] = (eligible, list(of_winners.values()))
            if player in excluded:
                missing.discard(player)
            else:
                eligible += 1
                if player in of_winners:
                    of_winners[player] += 1
            if index in candidates and candidates[index].encode() != line and wrong_candidate is None:
                wrong_candidate = index
            if receipt is not None and index == receipt.index:
                receipt_line = line.decode()
            if receipt is not None and tree.size == receipt.size:
                prefix_root = tree.root()
            progress.show(index)
    require(tree.size == seal.size, f"it has {tree.size} lines instead of {seal.size}")
    require(not ids.has_duplicate(), "it has a ballot id twice")
    counted = eligible, before, list(of_winners.values())
    return BallotList(tree.root(), prefix_root, receipt_line, wrong_candidate, bool(missing), *counted)


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """@raises Unusable where the file cannot be read to its end"""
    try:
        yield from iter(functools.partial(stream.readline, LONGEST_LINE), b"")
    except OSError as problem:
        raise Unusable(f"cannot read the list of ballots: {problem}") from None


class Progress:
    """A bar on the terminal, and nothing where standard error is a file."""

    def __init__(self, total: int) -> None:
        self.total = total if sys.stderr.isatty() else 0

    def __enter__(self) -> Progress:
        return self

    def show(self, number: int) -> None:
        if self.total and number & 0x3FFF == 0:
            filled = "#" * (40 * number // self.total)
            print(f"\r[{filled:<40}] {number:,} of {self.total:,} ballots", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: Any) -> None:
        if self.total:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def check_list(listed: BallotList, seal: SealNote) -> None:
    require(listed.root == seal.root, "its root is not the sealed one")
    require(listed.wrong_candidate is None, f"the line at index {listed.wrong_candidate} is not that of the candidate")
    require(not listed.missing_excluded, "an excluded player has no ballot in it")
    counted = f"{listed.eligible} ballots are eligible, not {seal.eligible}"
    require(seal.eligible in (None, listed.eligible), counted)


def check_counted_ranks(listed: BallotList, drawn: Drawn) -> None:
    """Each rank is among the eligible ballots that are not of the winners before it."""
    first = len(drawn.winners) - len(drawn.ranked)
    for earlier, noted in enumerate(drawn.ranked, first):
        left = listed.eligible - sum(listed.of_winners[:earlier])
        require(left == noted.n, f"the rank of ballot {noted.index} is among {left} ballots, not {noted.n}")
        eligible, of_winners = listed.before[noted.index]
        rank = eligible - sum(of_winners[:earlier])
        require(rank == noted.rank, f"the rank of ballot {noted.index} is {rank}, not {noted.rank}")


def check_nobody_left(listed: BallotList) -> None:
    left = listed.eligible - sum(listed.of_winners)
    require(left == 0, f"{left} ballots are left that could win")


# Your own ballot

Receipt = namedtuple("Receipt", "line index size root")


def parse_receipt(source: bytes, key: Key, seal: SealNote) -> Receipt:
    receipt = parse_json(source)
    require_members(receipt, {"line": str, "index": int, "checkpoint": str}, "the receipt", others=True)
    line, index = receipt["line"], receipt["index"]
    require(parse_leaf(line).index == index, "its index is not that of its line")
    size, root = parse_checkpoint(receipt["checkpoint"], key, seal.draw)
    require(index < size, "its checkpoint is of a tree without the ballot")
    require(size <= seal.size, "its checkpoint is of a tree larger than the sealed one")
    return Receipt(line, index, size, root)


def parse_proof(source: bytes) -> dict:
    proof = parse_json(source)
    require_members(proof, {"line": str, "size": int, "proof": list}, "the proof", others=True)
    require_hashes(proof["proof"])
    return proof


def check_my_ballot(
    receipt: Receipt, proof: dict | None, seal: SealNote, listed: BallotList | None, candidates: dict[int, str]
) -> None:
    """All that was given has to agree with the receipt."""
    if listed is not None:
        require(listed.receipt_line == receipt.line, "the list has another line at that index")
        require(listed.prefix_root == receipt.root, "the list does not give the root that the receipt was signed with")
    if receipt.size == seal.size:
        require(receipt.root == seal.root, "the receipt was signed with another root of the sealed size")
    if proof is not None:
        require(proof["line"] == receipt.line, "the proof is of another line")
        require(proof["size"] == seal.size, "the proof is not of the sealed size")
        root = root_from_proof(receipt.line, receipt.index, seal.size, proof["proof"])
        require(root == seal.root, "the proof does not lead to the sealed root")
    if receipt.index in candidates:
        require(candidates[receipt.index] == receipt.line, "the candidate at that index has another line")


# Ed25519 (RFC 8032 section 5.1), points in extended coordinates

ED_P = 2**255 - 19
ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_NEUTRAL = (0, 1, 1, 0)
Point = "tuple[int, int, int, int]"


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Section 5.1.7 without its freedom: s < L, canonical encodings, no key of small order, no cofactor."""
    a, s = ed25519_decode(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ED_L or not ed25519_is_public_key(a):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_L
    base = ed25519_decode(bytes.fromhex("58" + "66" * 31))
    minus_a = (-a[0] % ED_P, a[1], a[2], -a[3] % ED_P)
    r = ed25519_add(ed25519_multiply(s, base), ed25519_multiply(k, minus_a))
    # Comparing encodings accepts no other spelling of R than the canonical one.
    return ed25519_encode(r) == signature[:32]


def ed25519_decode(encoded: bytes) -> Point | None:
    """Section 5.1.3."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    u, v = (y * y - 1) % ED_P, (ED_D * y * y + 1) % ED_P
    x = u * pow(v, 3, ED_P) * pow(u * pow(v, 7, ED_P), (ED_P - 5) // 8, ED_P) % ED_P
    if (v * x * x + u) % ED_P == 0:
        x = x * pow(2, (ED_P - 1) // 4, ED_P) % ED_P
    if len(encoded) != 32 or y >= ED_P or (v * x * x - u) % ED_P != 0 or (x == 0 and sign == 1):
        return None
    x = x if x & 1 == sign else ED_P - x
    return x, y, 1, x * y % ED_P


def ed25519_encode(point: Point) -> bytes:
    inverse = pow(point[2], -1, ED_P)
    x, y = point[0] * inverse % ED_P, point[1] * inverse % ED_P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def ed25519_add(p: Point, q: Point) -> Point:
    """Section 5.1.4; complete, so it doubles too."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % ED_P, (p[1] + p[0]) * (q[1] + q[0]) % ED_P
    c, d = 2 * p[3] * q[3] * ED_D % ED_P, 2 * p[2] * q[2] % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def ed25519_multiply(scalar: int, point: Point) -> Point:
    product = ED_NEUTRAL
    for bit in bin(scalar)[2:]:
        product = ed25519_add(product, product)
        if bit == "1":
            product = ed25519_add(product, point)
    return product


def ed25519_is_public_key(point: Point | None) -> bool:
    """Whether it is a point, and not of small order: with such a key one signature would fit many texts."""
    x, y, z, _ = ED_NEUTRAL if point is None else ed25519_multiply(8, point)
    return (x, y) != (0, z)


def sha256_hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
