// The README's quick start, played with the Go client that oapi-codegen makes of /openapi.json.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"play/lottery"
)

const password = "correct horse battery"

func main() {
	ctx := context.Background()
	client, err := lottery.NewClientWithResponses(os.Getenv("SERVICE_URL"))
	must(err)

	person := lottery.RegisterBody{Username: "ann", Password: password}
	ann, err := client.AuthRegisterWithResponse(ctx, person)
	must(err)
	again, err := client.AuthRegisterWithResponse(ctx, person)
	must(err)
	hold(again.ApplicationproblemJSON409.Code == "user.username-taken", "a name is given once")
	tokens, err := client.AuthLoginWithResponse(ctx, lottery.LogInBody{Username: "ann", Password: password})
	must(err)

	player := with("Authorization", "Bearer "+tokens.JSON200.AccessToken)
	answer, err := client.LotteryBallotsSubmitWithBodyWithResponse(ctx, "today", nil, "application/json", http.NoBody, player)
	must(err)
	first, err := answer.JSON201.AsReceiptView()
	must(err)
	count := int32(3)
	answer, err = client.LotteryBallotsSubmitWithResponse(ctx, "today", nil, lottery.SubmitBallotsBody{Count: &count}, player)
	must(err)
	more, err := answer.JSON201.AsReceiptsView()
	must(err)
	hold(len(more.Items) == 3, "three ballots were asked for, three are there")

	today, err := client.LotteriesFindWithResponse(ctx, "today")
	must(err)
	hold(today.JSON200.Ballots == 4 && today.JSON200.Winner == nil, "four ballots, no winner yet")
	early := true
	params := lottery.LotteriesCloseParams{Date: today.JSON200.Date, Early: &early}
	closed, err := client.LotteriesCloseWithResponse(ctx, &params, with("X-Internal-Token", os.Getenv("CLOSE_TOKEN")))
	must(err)
	hold(closed.JSON200.State == "drawn" && closed.JSON200.Winner != nil, "a closed lottery is drawn")
	query := lottery.LotteriesWinnerByQueryParams{Date: today.JSON200.Date}
	found, err := client.LotteriesWinnerByQueryWithResponse(ctx, &query)
	must(err)
	winner := found.JSON200
	isOurs := winner.BallotId == first.Id
	for _, receipt := range more.Items {
		isOurs = isOurs || winner.BallotId == receipt.Id
	}
	hold(isOurs, "the winner is one of the four")
	hold(winner.UserId == ann.JSON201.Id && winner.Name == "ann", "the winner is ann")
	fmt.Printf("The winner is %s, with ballot %d of %d\n", winner.Name, winner.Index, closed.JSON200.Ballots)
}

func with(header, value string) lottery.RequestEditorFn {
	return func(_ context.Context, request *http.Request) error {
		request.Header.Set(header, value)
		return nil
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func hold(condition bool, what string) {
	if !condition {
		panic("It does not hold: " + what)
	}
}
