import java.util.stream.Stream;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.AuthApi;
import org.openapitools.client.api.BallotsApi;
import org.openapitools.client.api.LotteriesApi;
import org.openapitools.client.model.LogInBody;
import org.openapitools.client.model.RegisterBody;
import org.openapitools.client.model.SubmitBallotsBody;

/** The README's quick start, played with the Java client that openapi-generator makes of /openapi.json. */
public class Play {
  private static final String PASSWORD = "correct horse battery";

  public static void main(String[] args) throws Exception {
    var client = new ApiClient().setBasePath(System.getenv("SERVICE_URL"));
    var auth = new AuthApi(client);
    var ann = auth.authRegister(new RegisterBody().username("ann").password(PASSWORD));
    try {
      auth.authRegister(new RegisterBody().username("ann").password(PASSWORD));
      hold(false, "a name is given once");
    } catch (ApiException refusal) {
      hold(refusal.getResponseBody().contains("user.username-taken"), "a name is given once");
    }
    client.setBearerToken(auth.authLogin(new LogInBody().username("ann").password(PASSWORD)).getAccessToken());

    var ballots = new BallotsApi(client);
    var first = ballots.lotteryBallotsSubmit("today", null, null).getReceiptView();
    var three = new SubmitBallotsBody().count(3);
    var more = ballots.lotteryBallotsSubmit("today", null, three).getReceiptsView().getItems();
    hold(more.size() == 3, "three ballots were asked for, three are there");

    client.setApiKey(System.getenv("CLOSE_TOKEN"));
    var lotteries = new LotteriesApi(client);
    var lottery = lotteries.lotteriesFind("today");
    hold(lottery.getBallots() == 4 && lottery.getWinner() == null, "four ballots, no winner yet");
    var closed = lotteries.lotteriesClose(lottery.getDate(), true);
    hold(closed.getWinner() != null, "a closed lottery is drawn");
    var winner = lotteries.lotteriesWinnerByQuery(lottery.getDate());
    var ids = Stream.concat(Stream.of(first.getId()), more.stream().map(one -> one.getId()));
    hold(ids.anyMatch(winner.getBallotId()::equals), "the winner is one of the four");
    hold(winner.getUserId().equals(ann.getId()), "the winner is ann");
    System.out.printf("The winner is %s, with ballot %d of %d%n", winner.getName(), winner.getIndex(), closed.getBallots());
  }

  private static void hold(boolean condition, String what) {
    if (!condition) throw new IllegalStateException("It does not hold: " + what);
  }
}
