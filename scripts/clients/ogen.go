// The README's quick start, played with the Go client that ogen makes of /openapi.json.
package main

import (
	"context"
	"fmt"
	"os"

	"play/lottery"
)

const password = "correct horse battery"

type secrets struct{ accessToken string }

func (s *secrets) Bearer(context.Context, lottery.OperationName) (lottery.Bearer, error) {
	return lottery.Bearer{Token: s.accessToken}, nil
}

func (s *secrets) InternalToken(context.Context, lottery.OperationName) (lottery.InternalToken, error) {
	return lottery.InternalToken{APIKey: os.Getenv("CLOSE_TOKEN")}, nil
}

func main() {
	ctx := context.Background()
	known := &secrets{}
	client := must(lottery.NewClient(os.Getenv("SERVICE_URL"), known))

	person := &lottery.RegisterBody{Username: "ann", Password: password}
	ann := must(client.AuthRegister(ctx, person)).(*lottery.UserView)
	_, isTaken := must(client.AuthRegister(ctx, person)).(*lottery.AuthRegisterConflict)
	hold(isTaken, "a name is given once")
	logIn := &lottery.LogInBody{Username: "ann", Password: password}
	known.accessToken = must(client.AuthLogin(ctx, logIn)).(*lottery.TokensView).AccessToken

	today := lottery.LotteryBallotsSubmitParams{Date: "today"}
	one := must(client.LotteryBallotsSubmit(ctx, lottery.OptSubmitBallotsBody{}, today))
	first := one.(*lottery.LotteryBallotsSubmitCreatedHeaders).Response.ReceiptView
	three := lottery.NewOptSubmitBallotsBody(lottery.SubmitBallotsBody{Count: lottery.NewOptInt32(3)})
	many := must(client.LotteryBallotsSubmit(ctx, three, today))
	more := many.(*lottery.LotteryBallotsSubmitCreatedHeaders).Response.ReceiptsView.Items
	hold(len(more) == 3, "three ballots were asked for, three are there")

	found := must(client.LotteriesFind(ctx, lottery.LotteriesFindParams{Date: "today"})).(*lottery.LotteryView)
	hold(found.State == "open" && found.Ballots == 4 && found.Winner.IsNull(), "four ballots, no winner yet")
	params := lottery.LotteriesCloseParams{Date: found.Date, Early: lottery.NewOptBool(true)}
	closed := must(client.LotteriesClose(ctx, params)).(*lottery.LotteryView)
	hold(closed.State == "drawn" && !closed.Winner.IsNull(), "a closed lottery is drawn")
	query := lottery.LotteriesWinnerByQueryParams{Date: found.Date}
	winner := must(client.LotteriesWinnerByQuery(ctx, query)).(*lottery.WinnerView)
	isOurs := winner.BallotId == first.ID
	for _, receipt := range more {
		isOurs = isOurs || winner.BallotId == receipt.ID
	}
	hold(isOurs, "the winner is one of the four")
	hold(winner.UserId == ann.ID && winner.Name == "ann", "the winner is ann")
	fmt.Printf("The winner is %s, with ballot %d of %d\n", winner.Name, winner.Index, closed.Ballots)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func hold(condition bool, what string) {
	if !condition {
		panic("It does not hold: " + what)
	}
}
