"""Open contradictions: noted once per (code, subject), derived anew with every arrival."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.kernel.values import value
from app.pipeline.arrival import Arrival
from app.pipeline.catalogue import entry
from app.pipeline.floor import Floor, Suspicion
from app.pipeline.models import OpenException, Stream
from app.pipeline.operation import Playbook


@dataclass(eq=False)
class Contradiction(Problem):
    """A flag that stands by itself: no later arrival can explain it away."""

    family: str
    subject: str

    def facts(self) -> dict[str, object]:
        """Leave out what the exception's identity already says."""
        facts = super().facts()
        return {name: facts[name] for name in facts if name not in {"family", "subject"}}


TO_DO = frozenset({"put_back", "relocate"})  # decisions that hands have to carry out
# Doubts about who it was, not about what was done.
OF_THE_PERSON = frozenset({"sync.actor_unverified", "sync.grant_expired", "sync.role_missing"})
Found = dict[tuple[str, str, str], dict[str, Any]]  # (family, subject, code) → detail


def note(
    floor: Floor,
    arrival: Arrival,
    verdict: str,
    codes: tuple[str, ...],
    detail: dict[str, Any] | None,
    flags: tuple[Problem, ...],
) -> None:
    """Remember what stands by itself: kept envelopes, doubts about a person, contradictions."""
    for flag in flags:
        if isinstance(flag, Contradiction):
            floor.state(flag.family, flag.subject, flag.code, flag.facts())
    if verdict == "refused":
        return
    facts = {"device": arrival.device, "epoch": arrival.epoch, "seq": arrival.seq}
    for code in codes:
        if verdict == "exception" and code == "unresolved_barcode" and detail:
            floor.state("unknown", str(detail.get("id")), code, detail)
        elif verdict == "exception":
            where = f"{arrival.device}|{arrival.epoch}|{arrival.seq}"
            floor.state("envelope", where, code, {**facts, **(detail or {})})
        elif code.startswith("sync."):
            actor = arrival.envelope.get("actor") or ""
            floor.state("actor", f"{actor}|{arrival.device}", code, {"device": arrival.device})


@value
class Claim:
    """What holds now of the subjects of one family; of `closable` codes the rest has ended."""

    family: str
    found: Found
    subjects: Mapping[str, Suspicion]
    closable: frozenset[str] = frozenset()


def derive(playbook: Playbook, floor: Floor, stream: Stream) -> None:
    """Open what now contradicts, close what has explained itself."""
    for model, family in playbook.families.items():
        floor.subjects[family].update(floor.touched.get(model, {}))
    claims = [*_derived(playbook, floor), *_standing(floor)]
    floor.load_groups(
        (OpenException, "subject", subject) for claim in claims for subject in claim.subjects
    )
    for claim in claims:
        _settle(floor, stream, claim)


def _derived(playbook: Playbook, floor: Floor) -> Iterator[Claim]:
    for family, subjects in list(floor.subjects.items()):
        derivation = playbook.derivers.get(family)
        if derivation is None or not subjects:
            continue
        found: Found = {
            (family, subject, code): detail
            for subject, codes in derivation.derive(floor, set(subjects)).items()
            for code, detail in codes.items()
        }
        yield Claim(family, found, subjects, derivation.codes)


def _standing(floor: Floor) -> Iterator[Claim]:
    standing: dict[str, Found] = {}
    suspicions: dict[str, dict[str, Suspicion]] = {}
    for (family, subject, code), (detail, suspicion) in floor.standing.items():
        standing.setdefault(family, {})[(family, subject, code)] = detail
        suspicions.setdefault(family, {})[subject] = suspicion
    for family, found in standing.items():
        yield Claim(family, found, suspicions[family])


def _settle(floor: Floor, stream: Stream, claim: Claim) -> None:
    known = {
        (row.code, row.subject): row
        for row in floor.groups(OpenException, "subject", claim.subjects)
    }
    for key, detail in sorted(claim.found.items(), key=lambda pair: pair[0]):
        _open(floor, stream, known.get((key[2], key[1])), key, detail, claim.subjects[key[1]])
    for (code, subject), row in known.items():
        if (claim.family, subject, code) in claim.found or code not in claim.closable:
            continue
        if row.family != claim.family:
            continue
        if row.state != "closed":
            row.state, row.resolution = "closed", "settled"
            row.closed_at = claim.subjects[subject].at
            floor.touch(row)
        elif row.resolution in TO_DO and row.accepted is not None:
            row.accepted = None  # hands have done what somebody decided
            floor.touch(row)


def _open(
    floor: Floor,
    stream: Stream,
    row: OpenException | None,
    key: tuple[str, str, str],
    detail: dict[str, Any],
    suspicion: Suspicion,
) -> None:
    family, subject, code = key
    known = entry(code)
    state = "settling" if known.settling else "open"
    if row is None:
        floor.new(
            OpenException,
            id=derived(floor.site, f"{code}|{subject}"),
            site=floor.site,
            code=code,
            family=family,
            subject=subject,
            detail=detail,
            severity=known.severity,
            state=state,
            opened_seq=stream.commit_seq,
            opened_at=suspicion.at,
            operation=suspicion.operation,
            device=suspicion.device,
        )
        return
    again = row.state == "closed" and _stands_anew(row, detail, suspicion)
    if row.detail == detail and not again:
        return
    row.detail = detail
    if again:
        row.state, row.resolution, row.closed_at = state, None, None
        row.opened_at, row.opened_seq = suspicion.at, stream.commit_seq
        row.operation, row.device = suspicion.operation, suspicion.device
    floor.touch(row)


def _stands_anew(row: OpenException, detail: dict[str, Any], suspicion: Suspicion) -> bool:
    """What was accepted stays closed while it is the same; another kept operation never is.

    A person was vouched for up to a moment: what they did after it is doubtful again.
    """
    if row.code in OF_THE_PERSON and row.closed_at is not None:
        return suspicion.at > row.closed_at
    return row.accepted != detail or row.family == "unknown"
