"""The README's quick start, played with the client that openapi-python-client makes of /openapi.json."""

import importlib
import os
import pkgutil

import lottery_client
from lottery_client import AuthenticatedClient, Client
from lottery_client.api.auth import auth_login, auth_register
from lottery_client.api.ballots import lottery_ballots_submit
from lottery_client.api.lotteries import lotteries_close, lotteries_find, lotteries_winner_by_query
from lottery_client.models import (
    AuthRegisterResponse409,
    LogInBody,
    LotteryView,
    ReceiptsView,
    ReceiptView,
    RegisterBody,
    SubmitBallotsBody,
    TokensView,
    UserView,
    WinnerView,
)

URL = os.environ["SERVICE_URL"]
PASSWORD = "correct horse battery"


def answer(kind, given):
    """What a call gave, if it is the answer that the document promises."""
    if not isinstance(given, kind):
        raise SystemExit(f"{kind.__name__} was expected, not {given!r}")
    return given


def hold(condition, what):
    if not condition:
        raise SystemExit(f"It does not hold: {what}")


# What is not called below must be Python as well.
for module in pkgutil.walk_packages(lottery_client.__path__, "lottery_client."):
    importlib.import_module(module.name)

anyone = Client(base_url=URL)
ann = answer(UserView, auth_register.sync(client=anyone, body=RegisterBody(username="ann", password=PASSWORD)))
again = auth_register.sync(client=anyone, body=RegisterBody(username="ann", password=PASSWORD))
hold(answer(AuthRegisterResponse409, again).code == "user.username-taken", "a name is given once")
tokens = answer(TokensView, auth_login.sync(client=anyone, body=LogInBody(username="ann", password=PASSWORD)))

player = AuthenticatedClient(base_url=URL, token=tokens.access_token)
first = answer(ReceiptView, lottery_ballots_submit.sync("today", client=player))
body = SubmitBallotsBody(count=3)
more = answer(ReceiptsView, lottery_ballots_submit.sync("today", client=player, body=body))
hold(len(more.items) == 3, "three ballots were asked for, three are there")

lottery = answer(LotteryView, lotteries_find.sync("today", client=anyone))
hold((lottery.state, lottery.ballots, lottery.winner) == ("open", 4, None), "four ballots, no winner yet")

operator = AuthenticatedClient(
    base_url=URL, token=os.environ["CLOSE_TOKEN"], prefix="", auth_header_name="X-Internal-Token"
)
closed = answer(LotteryView, lotteries_close.sync(client=operator, date=lottery.date, early=True))
hold(closed.state == "drawn" and closed.winner is not None, "a closed lottery is drawn")
winner = answer(WinnerView, lotteries_winner_by_query.sync(client=anyone, date=lottery.date))
hold(winner.ballot_id in [ballot.id for ballot in [first, *more.items]], "the winner is one of the four")
hold((winner.user_id, winner.name) == (ann.id, "ann"), "the winner is ann")
print(f"The winner is {winner.name}, with ballot {winner.index} of {closed.ballots}")
