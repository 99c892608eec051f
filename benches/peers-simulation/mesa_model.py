"""The same model as a Mesa model: lists are agents, and every step is a day."""

import mesa

from model import Run


class Party(mesa.Agent):
    """A list: on the day of confidence it says whether it stays."""

    def __init__(self, model, place):
        super().__init__(model)
        self.place = place

    def step(self):
        self.stays = True


class Republic(mesa.Model):
    """The country after the election, day by day."""

    def __init__(self, case, rng):
        super().__init__()
        self.run = Run(case, rng)
        for place in range(len(case.lists)):
            Party(self, place)

    def step(self):
        self.run.day += 1
        self.agents.do("step")
        if self.run.due == self.run.day:
            self.run.step()

    def play(self):
        while self.run.confidence is None and self.run.day < self.run.case.window:
            self.step()
        return self.run
