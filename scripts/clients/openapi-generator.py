"""The README's quick start, played with the Python client that openapi-generator makes of /openapi.json."""

import importlib
import os
import pkgutil

import lottery_client
from lottery_client import AuthApi, BallotsApi, LogInBody, LotteriesApi, RegisterBody, SubmitBallotsBody
from lottery_client.exceptions import ConflictException

PASSWORD = "correct horse battery"


def hold(condition, what):
    if not condition:
        raise SystemExit(f"It does not hold: {what}")


# What is not called below must be Python as well.
for module in pkgutil.walk_packages(lottery_client.__path__, "lottery_client."):
    importlib.import_module(module.name)

configuration = lottery_client.Configuration(host=os.environ["SERVICE_URL"])
client = lottery_client.ApiClient(configuration)
auth, ballots, lotteries = AuthApi(client), BallotsApi(client), LotteriesApi(client)

ann = auth.auth_register(RegisterBody(username="ann", password=PASSWORD))
try:
    auth.auth_register(RegisterBody(username="ann", password=PASSWORD))
    hold(False, "a name is given once")
except ConflictException as refusal:
    hold(refusal.data.code == "user.username-taken", "a name is given once")
configuration.access_token = auth.auth_login(LogInBody(username="ann", password=PASSWORD)).access_token

first = ballots.lottery_ballots_submit("today").actual_instance
more = ballots.lottery_ballots_submit("today", submit_ballots_body=SubmitBallotsBody(count=3)).actual_instance
hold(len(more.items) == 3, "three ballots were asked for, three are there")

lottery = lotteries.lotteries_find("today")
hold((lottery.state, lottery.ballots, lottery.winner) == ("open", 4, None), "four ballots, no winner yet")

configuration.api_key["internal-token"] = os.environ["CLOSE_TOKEN"]
closed = lotteries.lotteries_close(lottery.var_date, early=True)
hold(closed.state == "drawn" and closed.winner is not None, "a closed lottery is drawn")
winner = lotteries.lotteries_winner_by_query(lottery.var_date)
hold(winner.ballot_id in [ballot.id for ballot in [first, *more.items]], "the winner is one of the four")
hold((winner.user_id, winner.name) == (ann.id, "ann"), "the winner is ann")
print(f"The winner is {winner.name}, with ballot {winner.index} of {closed.ballots}")
