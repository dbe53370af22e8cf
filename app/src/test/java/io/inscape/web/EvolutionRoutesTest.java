package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.run.RunState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sequences, their bundles and fields, probes and training over HTTP.
@Timeout(120)
final class EvolutionRoutesTest {
  private static final int N = SmallData.TEST;
  private static final String SEQUENCE =
      """
      {"kind":"sequence","source":{"by":"epoch","run":"small","layer":"fc1"},"method":"vff",
       "parameters":{"sweeps":30}}
      """;

  private static SmallServer small;
  private static Study study;
  private static Workers workers;
  private static Client client;

  @BeforeAll
  static void start(@TempDir Path folder) {
    small = SmallServer.start(folder, 64);
    study = small.study();
    workers = small.workers();
    client = small.client();
  }

  @AfterAll
  static void stop() {
    small.close();
  }

  @AfterEach
  void nothingOfOursFailed() {
    small.nothingOfOursFailed();
  }

  private static String of(String kind, String digest, String parameters) {
    return "{\"kind\":\"%s\",\"of\":\"%s\",\"parameters\":%s}".formatted(kind, digest, parameters);
  }

  private static HttpResponse<byte[]> column(JsonNode result, String name) {
    return client.get("/api/results/" + result.get("digest").asText() + "/columns/" + name);
  }

  private static String shape(HttpResponse<byte[]> response) {
    return header(response, "Inscape-Type") + " " + header(response, "Inscape-Shape");
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void aSequenceIsAskedForOnceAndSentAsItIsKept() throws InterruptedException {
    JsonNode result = small.computed(SEQUENCE);
    assertThat(result.get("quality").isNull()).isTrue();
    assertThat(result.at("/source/epochs").toString()).isEqualTo("[0,1,2]");
    assertThat(result.at("/report/names/2").asText()).isEqualTo("epoch 2");
    JsonNode step = result.at("/report/quality/steps/1");
    assertThat(step.get("ownNeighborhoodHit").asDouble()).isBetween(0.3, 1.0);
    assertThat(step.get("alignedNeighborhoodHit").asDouble()).isBetween(0.0, 1.0);
    assertThat(shape(column(result, "layouts"))).isEqualTo("float32 3," + N + ",2");
    assertThat(shape(column(result, "unaligned"))).isEqualTo("float32 3," + N + ",2");
    assertThat(shape(column(result, "length"))).isEqualTo("float32 " + N);
    assertThat(shape(column(result, "stepLength"))).isEqualTo("float32 2," + N);
    assertThat(shape(column(result, "neighborhoodHit"))).isEqualTo("float32 3," + N);
    HttpResponse<byte[]> again = client.post("/api/jobs", SEQUENCE);
    assertThat(again.statusCode()).isEqualTo(200);
    String id = json(again).get("id").asText();
    HttpResponse<byte[]> layout = client.get("/api/jobs/" + id + "/layout");
    assertThat(layout.body()).isEqualTo(column(result, "layouts").body());
    assertThat(shape(layout)).isEqualTo("float32 3," + N + ",2");
    assertThat(json(client.get("/api/results?kind=sequence")).findValuesAsText("digest"))
        .contains(result.get("digest").asText());
    assertThat(message(client.get("/api/results?kind=dance"))).contains("got \"dance\"");
    assertThat(message(client.get("/api/results"))).contains("got none");
  }

  @Test
  void trailsAreBundledAndFollowedByFieldsThatAnswer() throws InterruptedException {
    String of = small.computed(SEQUENCE).get("digest").asText();
    JsonNode bundle = small.computed(of("bundle", of, "{\"samples\":21}"));
    int samples = bundle.at("/report/samples").asInt();
    assertThat(samples).isEqualTo(2 * bundle.at("/report/perSegment").asInt() + 1);
    assertThat(shape(column(bundle, "bundled"))).isEqualTo("float32 " + N + "," + samples + ",2");
    assertThat(bundle.at("/report/ink/straight").asInt()).isPositive();
    assertThat(bundle.at("/source/of").asText()).isEqualTo(of);
    JsonNode field = small.computed(of("field", of, "{\"grid\":9,\"fields\":2}"));
    assertThat(shape(column(field, "field"))).isEqualTo("float32 2,9,9,2");
    assertThat(shape(column(field, "assignment"))).isEqualTo("int32 " + N);
    assertThat(json(client.get("/api/results?kind=field&of=" + of)).findValuesAsText("digest"))
        .containsExactly(field.get("digest").asText());
    String address = "/api/fields/" + field.get("digest").asText();
    HttpResponse<byte[]> lines = client.get(address + "/streamlines?field=1&separation=0.05");
    assertThat(shape(lines)).matches("float32 \\d+,4");
    HttpResponse<byte[]> passages = client.post(address + "/region", around(field));
    assertThat(shape(passages)).isEqualTo("float32 " + N + ",6");
    assertThat(Client.floats(passages)[6]).isEqualTo(1); // the second passage's row
    readOnlyAnswers(address, around(field), of);
  }

  private static String around(JsonNode field) {
    JsonNode box = field.at("/report/box");
    double left = box.get(0).asDouble() - 1;
    double bottom = box.get(1).asDouble() - 1;
    double right = box.get(2).asDouble() + 1;
    double top = box.get(3).asDouble() + 1;
    return "{\"polygon\":[[%s,%s],[%s,%s],[%s,%s],[%s,%s]]}"
        .formatted(left, bottom, right, bottom, right, top, left, top);
  }

  /// A study that is only looked at answers for its fields, and computes nothing.
  private static void readOnlyAnswers(String address, String region, String of) {
    try (Study seen = Study.openReadOnly(study.folder());
        JobQueue idle = JobQueue.start(seen, workers);
        Server only = Server.start(ServerConfig.loopback(0), seen, idle, small.failures()::add);
        Client looking = new Client(only.port())) {
      assertThat(looking.post(address + "/region", region).statusCode()).isEqualTo(200);
      assertThat(looking.get(address + "/streamlines").statusCode()).isEqualTo(200);
      for (HttpResponse<byte[]> refused :
          List.of(
              looking.post("/api/jobs", of("bundle", of, "{}")),
              looking.post("/api/runs", "{\"like\":\"small\",\"shuffleLabels\":true}"),
              looking.post("/api/runs/small/stop", "{}"))) {
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(message(refused)).contains("open for reading only");
      }
    }
  }

  @Test
  void aProbeTellsWhichLayersAddSomething() throws InterruptedException {
    JsonNode report =
        small
            .computed(
                """
                {"kind":"probe","source":{"run":"small","epoch":2},"parameters":{"trainCount":200}}
                """)
            .get("report");
    assertThat(report.at("/layers/0/layer").asText()).isEqualTo("input");
    assertThat(report.at("/layers/1/units").asInt()).isEqualTo(1000);
    assertThat(report.at("/layers/1/accuracy").asDouble()).isBetween(0.8, 1.0);
    assertThat(report.at("/network/accuracy").asDouble()).isBetween(0.5, 1.0);
    assertThat(report.get("advice").asText()).isNotBlank();
    assertThat(report.get("drop").isArray()).isTrue();
  }

  @Test
  void findingsAndClustersAreAskedForLikeEverythingElse() throws InterruptedException {
    JsonNode findings =
        small.computed("{\"kind\":\"findings\",\"source\":{\"run\":\"small\",\"epoch\":2}}");
    assertThat(findings.at("/report/findings/0/sentence").asText()).endsWith(".");
    assertThat(findings.at("/report/findings/0/link/view").asText()).isNotBlank();
    assertThat(findings.at("/report/silent/0/why").asText()).endsWith(".");
    JsonNode layout =
        small.computed(
            """
            {"kind":"projection","source":{"run":"small","epoch":2,"layer":"fc1"},"method":"pca"}
            """);
    JsonNode clusters =
        small.computed(
            "{\"kind\":\"clusters\",\"source\":{\"of\":\""
                + layout.get("digest").asText()
                + "\"}}");
    assertThat(clusters.at("/source/layer").asText()).isEqualTo("fc1");
    assertThat(clusters.at("/report/summary").asText()).endsWith(".");
    assertThat(clusters.at("/columns/cluster/type").asText()).isEqualTo("int32");
  }

  @Test
  void aControlIsTrainedFromThePageAndStopped() throws InterruptedException {
    HttpResponse<byte[]> begun =
        client.post("/api/runs", "{\"like\":\"small\",\"shuffleLabels\":true}");
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(json(begun).get("name").asText()).isEqualTo("small-shuffled");
    assertThat(json(begun).get("shuffledLabels").asBoolean()).isTrue();
    while (study.runs().stream().anyMatch(run -> run.info().state() == RunState.TRAINING)) {
      Thread.onSpinWait();
    }
    HttpResponse<byte[]> again =
        client.post("/api/runs", "{\"like\":\"small\",\"shuffleLabels\":true}");
    assertThat(again.statusCode()).isIn(200, 202, 409); // 409 in the moment before the thread ends
    assertThat(study.run("small-shuffled").info().snapshots()).containsExactly(0, 1, 2);
    assertThat(message(client.post("/api/runs", "{\"like\":\"small\"}")))
        .contains("with nothing changed would be the same run");
    assertThat(client.post("/api/runs", "{\"like\":\"nobody\"}").statusCode()).isEqualTo(400);
    assertThat(client.post("/api/runs/nobody/stop", "{}").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> idle = client.post("/api/runs/small/stop", "{}");
    assertThat(idle.statusCode()).isEqualTo(409);
    assertThat(message(idle)).contains("run small is not being trained");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"sequence\",\"method\":\"vff\"} | source must be a JSON object",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{}} | by must be a text",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{\"by\":\"day\"}} | source.by must be epoch, layer or run",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\",\"epoch\":1}} | no field \"epoch\"",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\",\"epochs\":[]}} | list of whole numbers or left out",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\",\"epochs\":[0,\"x\"]}} | whole numbers, got x in it",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\",\"epochs\":[1]}} | at least 2 epochs, got 1 alone",
        "{\"kind\":\"sequence\",\"method\":\"magic\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\"}} | magic",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"of\":\"x\",\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\"}} | no field \"of\"",
        "{\"kind\":\"sequence\",\"method\":\"vff\",\"parameters\":{\"lambda\":2},\"source\":{\"by\":\"epoch\",\"run\":\"small\",\"layer\":\"fc1\"}} | lambda",
        "{\"kind\":\"bundle\"} | of must be a text",
        "{\"kind\":\"bundle\",\"of\":\"x\"} | there is no result x",
        "{\"kind\":\"field\",\"of\":\"x\",\"method\":\"magic\"} | method must be \"vfkm\" or left out",
        "{\"kind\":\"field\",\"of\":\"x\",\"parameters\":{\"grid\":2}} | grid",
        "{\"kind\":\"probe\",\"source\":{\"run\":\"small\"}} | source.epoch must be a whole number",
        "{\"kind\":\"probe\",\"source\":{\"run\":\"small\",\"epoch\":9}} | keeps no epoch 9",
        "{\"kind\":\"findings\",\"source\":{\"run\":\"small\",\"epoch\":9}} | keeps no epoch 9",
        "{\"kind\":\"clusters\",\"source\":{\"of\":\"x\"}} | there is no result x",
        "{\"kind\":\"clusters\",\"source\":{\"of\":\"x\"},\"parameters\":{\"share\":1}} | share",
      })
  void refusesWhatItCannotMean(String body, String part) {
    HttpResponse<byte[]> answer = client.post("/api/jobs", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains(part).doesNotContain("Exception", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/fields/none/streamlines | 404 | there is no result none",
        "/api/fields/none/streamlines?separation=x | 400 | separation must be a number",
        "/api/fields/none/streamlines?separation=9 | 400 | separation",
      })
  void refusesLinesOfWhatIsNoField(String path, int status, String part) {
    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(message(answer)).contains(part);
  }

  @Test
  void listsTheOptionsOfEveryKind() {
    JsonNode document = json(client.get("/api/study"));
    assertThat(document.get("alignments").findValuesAsText("name"))
        .contains("vff", "dtsne", "joint", "chained", "independent", "lambda");
    for (String kind : List.of("bundle", "field", "probe")) {
      assertThat(document.get(kind)).as(kind).isNotEmpty();
      assertThat(document.get(kind).get(0).get("text").asText()).as(kind).isNotBlank();
    }
    assertThat(document.get("probe").findValuesAsText("name")).contains("fit.penalty");
  }
}
