"""Hands agents to an engine, a few ahead, and takes its answers; what a process that died had in hand is redone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from typing import TYPE_CHECKING

from forms.campaign.press import printed
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.campaign.engines import Engine
    from forms.campaign.order import Agent, Job

AHEAD = 2
"""Pages handed over for each worker, the one in hand included: none waits for the next, and few are held."""
_TRIES = 2
_DEATHS = 3

Settled = Callable[["Agent", str], None]
"""Told of each agent once: printed, or why not."""


class Crew:
    """The work of one run."""

    def __init__(self, engine: Engine, job: Job, settled: Settled) -> None:
        """Open the engine."""
        self._engine, self._job, self._settled = engine, job, settled
        self._executor = engine.opened()
        self._flying: dict[Future[str], Agent] = {}
        self._deaths = 0

    def work(self, agents: Iterable[Agent]) -> None:
        """Have every agent's page made; in memory there are never more than a few.

        Raises:
            Fault: the disk or the convention are at fault, the engine has gone, its processes die on every page.
        """
        for agent in agents:
            self._hand(agent)
            while len(self._flying) >= AHEAD * self._engine.width:
                self._collect()
        while self._flying:
            self._collect()

    def close(self) -> None:
        """Let go of the engine; what has not begun never will."""
        for future in self._flying:
            future.cancel()
        self._executor.shutdown()
        self._engine.closed()

    def _hand(self, agent: Agent) -> None:
        try:
            self._flying[self._executor.submit(printed, self._job, agent)] = agent
        except BrokenExecutor:
            self._mend([agent])

    def _collect(self) -> None:
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        lost = [agent for future in done if not self._took(future, agent := self._flying.pop(future))]
        if lost:
            self._mend(lost)

    def _took(self, future: Future[str], agent: Agent) -> bool:
        """Take an answer; False where there is none: the process died, or a cluster lost what it had answered.

        A page raises nothing but a Fault: any other exception is the engine's. (Dask's is a ValueError where a worker
        dies between its answer and the asking for it.)
        """
        try:
            trouble = future.result()
        except Fault:
            raise
        except CancelledError:
            raise Fault("Le travail a été annulé ailleurs : relancez la même commande pour continuer.") from None
        except Exception:  # noqa: BLE001 - as said above
            return False
        self._deaths = 0
        self._settled(agent, trouble)
        return True

    def _mend(self, lost: list[Agent]) -> None:
        """Open the engine again and redo alone each page that was in hand: one that kills its process is then known."""
        wait(self._flying)
        lost += [agent for future, agent in self._flying.items() if not self._took(future, agent)]
        self._flying.clear()
        self._reopen()
        for agent in sorted(lost, key=lambda agent: agent.row):
            for _ in range(_TRIES):
                future = Future[str]()
                try:
                    future = self._executor.submit(printed, self._job, agent)
                    wait([future])
                except BrokenExecutor as error:
                    future.set_exception(error)
                if self._took(future, agent):
                    break
                self._reopen()
            else:
                self._deaths += 1
                if self._deaths == _DEATHS:
                    raise Fault("Les processus s’arrêtent à chaque page : libérez de la mémoire, puis recommencez.")
                self._settled(agent, "La page a arrêté le processus qui l’imprimait, deux fois.")

    def _reopen(self) -> None:
        self._executor.shutdown()
        self._executor = self._engine.opened()
