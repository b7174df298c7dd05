"""Asks for the operations of a file, so that a second run finds its first answers."""

from collections.abc import Sequence
from dataclasses import replace

from app.importing.matter import Ask
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.pipeline.execute import Decided
from app.pipeline.office import Author, Request, submit_all
from app.pipeline.operation import Playbook


class Refused(Problem):
    """What the office was asked for was not granted; carries the stored code and facts."""

    def __init__(self, code: str, detail: dict[str, object]) -> None:
        super().__init__()
        self.code = code  # type: ignore[misc]
        self._detail = detail

    def facts(self) -> dict[str, object]:
        """Return what was stored with the refusal."""
        return self._detail


class Desk:
    """Where a file is brought. `identity` follows from the file and the preset."""

    def __init__(self, playbook: Playbook, author: Author, identity: str) -> None:
        self._playbook = playbook
        self._author = author
        self._identity = identity

    def ask(self, named: Sequence[tuple[str, Ask]]) -> list[Problem | None]:
        """Ask in order, and answer each with its problem, or None where it was granted.

        An answer is for ever, a refusal too; a file that is brought again once the missing item
        exists asks anew under the next id.
        """
        requests = [
            Request(ask.kind, ask.payload, id=derived(self._identity, name)) for name, ask in named
        ]
        answers: list[Decided | Problem] = self._submit(requests)
        while again := [n for n, answer in enumerate(answers) if _refused_before(answer)]:
            for n in again:
                requests[n] = replace(requests[n], id=derived(str(requests[n].id), "again"))
            anew = self._submit([requests[n] for n in again])
            for n, answer in zip(again, anew, strict=True):
                answers[n] = answer
        return [_problem(answer) for answer in answers]

    def _submit(self, requests: Sequence[Request]) -> list[Decided | Problem]:
        """Submit together; where one is unreadable, halve until it stands alone."""
        if not requests:
            return []
        try:
            return list(submit_all(self._playbook, self._author, requests))
        except Problem as problem:
            if len(requests) == 1:
                return [problem]
        half = len(requests) // 2
        return [*self._submit(requests[:half]), *self._submit(requests[half:])]


def _refused_before(answer: Decided | Problem) -> bool:
    return isinstance(answer, Decided) and answer.outcome == "refused" and answer.duplicate


def _problem(answer: Decided | Problem) -> Problem | None:
    if isinstance(answer, Problem):
        return answer
    if answer.outcome in ("applied", "flagged"):
        return None
    return Refused(answer.codes[0], dict(answer.detail or {}))
