// The README's quick start, played with the Go client that openapi-generator makes of /openapi.json.
package main

import (
	"context"
	"fmt"
	"os"

	"play/lottery"
)

const password = "correct horse battery"

func main() {
	ctx := context.Background()
	configuration := lottery.NewConfiguration()
	configuration.Servers = lottery.ServerConfigurations{{URL: os.Getenv("SERVICE_URL")}}
	client := lottery.NewAPIClient(configuration)

	person := *lottery.NewRegisterBody("ann", password)
	ann, _, err := client.AuthAPI.AuthRegister(ctx).RegisterBody(person).Execute()
	must(err)
	_, again, _ := client.AuthAPI.AuthRegister(ctx).RegisterBody(person).Execute()
	hold(again.StatusCode == 409, "a name is given once")
	tokens, _, err := client.AuthAPI.AuthLogin(ctx).LogInBody(*lottery.NewLogInBody("ann", password)).Execute()
	must(err)

	player := context.WithValue(ctx, lottery.ContextAccessToken, tokens.AccessToken)
	body := lottery.NewSubmitBallotsBody()
	// Without a body the client sends the JSON text null, which is refused.
	first, _, err := client.BallotsAPI.LotteryBallotsSubmit(player, "today").SubmitBallotsBody(*body).Execute()
	must(err)
	body.SetCount(3)
	more, _, err := client.BallotsAPI.LotteryBallotsSubmit(player, "today").SubmitBallotsBody(*body).Execute()
	must(err)
	hold(len(more.ReceiptsView.Items) == 3, "three ballots were asked for, three are there")

	today, _, err := client.LotteriesAPI.LotteriesFind(ctx, "today").Execute()
	must(err)
	hold(today.Ballots == 4 && today.Winner.Get() == nil, "four ballots, no winner yet")
	keys := map[string]lottery.APIKey{"internal-token": {Key: os.Getenv("CLOSE_TOKEN")}}
	operator := context.WithValue(ctx, lottery.ContextAPIKeys, keys)
	closed, _, err := client.LotteriesAPI.LotteriesClose(operator).Date(today.Date).Early(true).Execute()
	must(err)
	hold(closed.State == "drawn" && closed.Winner.Get() != nil, "a closed lottery is drawn")
	winner, _, err := client.LotteriesAPI.LotteriesWinnerByQuery(ctx).Date(today.Date).Execute()
	must(err)
	isOurs := winner.BallotId == first.ReceiptView.Id
	for _, receipt := range more.ReceiptsView.Items {
		isOurs = isOurs || winner.BallotId == receipt.Id
	}
	hold(isOurs, "the winner is one of the four")
	hold(winner.UserId == ann.Id && winner.Name == "ann", "the winner is ann")
	fmt.Printf("The winner is %s, with ballot %d of %d\n", winner.Name, winner.Index, closed.Ballots)
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
