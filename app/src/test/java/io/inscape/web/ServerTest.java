package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.http.Route;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServerTest {
  private static final String QUICK =
      """
      {"kind":"projection","source":{"run":"small","epoch":%d,"layer":"%s"},"method":"tsne",
       "parameters":{"perplexity":10,"iterations":60,"seed":%d}}
      """;
  private static final String ENDLESS =
      """
      {"kind":"projection","source":{"layer":"input"},"method":"tsne",
       "parameters":{"perplexity":10,"iterations":100000,"seed":%d}}
      """;

  private static SmallServer small;
  private static Study study;
  private static JobQueue queue;
  private static Server server;
  private static Client client;

  @BeforeAll
  static void start(@TempDir Path folder) {
    small = SmallServer.start(folder, 2);
    study = small.study();
    queue = small.queue();
    server = small.server();
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

  @Test
  void describesTheStudy() {
    JsonNode answer = json(client.get("/api/study"));

    assertThat(answer.at("/format").asInt()).isEqualTo(1);
    assertThat(answer.at("/dataset/shape").toString())
        .isEqualTo("{\"channels\":1,\"rows\":8,\"cols\":8}");
    assertThat(answer.at("/dataset/trainCount").asInt()).isEqualTo(SmallData.TRAIN);
    assertThat(answer.at("/dataset/classNames").size()).isEqualTo(SmallData.CLASSES);
    assertThat(answer.at("/pipeline").asText()).isEqualTo("scale");
    assertThat(answer.at("/sample/split").asText()).isEqualTo("test");
    assertThat(answer.at("/sample/count").asInt()).isEqualTo(SmallData.TEST);
    assertThat(answer.at("/sample/classCounts").toString()).isEqualTo("[30,30,30]");
    JsonNode run = answer.at("/runs/0");
    assertThat(run.at("/name").asText()).isEqualTo("small");
    assertThat(run.at("/state").asText()).isEqualTo("complete");
    assertThat(run.at("/snapshots").toString()).isEqualTo("[0,1,2]");
    assertThat(run.at("/layers/0/name").asText()).isEqualTo("fc1");
    assertThat(run.at("/layers/0/units").asInt()).isEqualTo(1000);
    assertThat(run.at("/metrics/2/testAccuracy").asDouble()).isBetween(0.5, 1.0);
    assertThat(run.at("/training/batchSize").asInt()).isEqualTo(16);
    assertThat(run.has("progress") && run.get("progress").isNull()).isTrue();
    assertThat(run.has("error") && run.get("error").isNull()).isTrue();
  }

  @Test
  void describesTheMethodsByTheirParameterRecords() {
    JsonNode methods = json(client.get("/api/study")).get("methods");
    List<String> names = new ArrayList<>();
    methods.forEach(method -> names.add(method.get("name").asText()));
    assertThat(names).contains("tsne", "pca");
    JsonNode perplexity = null;
    for (JsonNode parameter : methods.get(names.indexOf("tsne")).get("parameters")) {
      if (parameter.get("name").asText().equals("perplexity")) {
        perplexity = parameter;
      }
    }
    assertThat(perplexity).isNotNull();
    assertThat(perplexity.get("kind").asText()).isEqualTo("number");
    assertThat(perplexity.get("default").asDouble()).isEqualTo(30);
    assertThat(perplexity.get("min").asDouble()).isEqualTo(2);
    assertThat(perplexity.get("text").asText()).isNotBlank();
  }

  @Test
  void sendsTheObservationsAsRawColumns() {
    HttpResponse<byte[]> labels = client.get("/api/observations/labels");
    assertThat(header(labels, "Inscape-Type")).isEqualTo("uint16");
    assertThat(header(labels, "Inscape-Shape")).isEqualTo("90");
    ByteBuffer shorts = ByteBuffer.wrap(labels.body()).order(ByteOrder.LITTLE_ENDIAN);
    int[] expected = study.labels();
    for (int label : expected) {
      assertThat(shorts.getShort()).isEqualTo((short) label);
    }
    assertThat(shorts.hasRemaining()).isFalse();

    HttpResponse<byte[]> ids = client.get("/api/observations/ids");
    assertThat(header(ids, "Inscape-Type")).isEqualTo("int32");
    int[] values = new int[90];
    ByteBuffer.wrap(ids.body()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    assertThat(values).isEqualTo(study.sample());

    HttpResponse<byte[]> images = client.get("/api/observations/images");
    assertThat(header(images, "Inscape-Type")).isEqualTo("uint8");
    assertThat(header(images, "Inscape-Shape")).isEqualTo("90,1,8,8");
    assertThat(images.body()).isEqualTo(study.images());
  }

  @Test
  void sendsPredictionsThatAreProbabilities() {
    HttpResponse<byte[]> answer = client.get("/api/runs/small/epochs/2/predictions");
    assertThat(header(answer, "Inscape-Shape")).isEqualTo("90,3");
    float[] values = Client.floats(answer);
    for (int i = 0; i < 90; i++) {
      assertThat(values[i * 3] + values[i * 3 + 1] + values[i * 3 + 2]).isBetween(0.999f, 1.001f);
    }
    assertThat(values).isEqualTo(study.run("small").predictions(2));
  }

  @Test
  void computesWhatIsAskedAndKeepsIt() throws Exception {
    HttpResponse<byte[]> accepted = client.post("/api/jobs", QUICK.formatted(2, "fc1", 0));
    assertThat(accepted.statusCode()).isEqualTo(202);
    String id = json(accepted).get("id").asText();
    String digest = json(accepted).get("digest").asText();
    queue.job(id).await();

    JsonNode job = json(client.get("/api/jobs/" + id));
    assertThat(job.get("state").asText()).isEqualTo("done");
    assertThat(job.get("fraction").asDouble()).isEqualTo(1);
    assertThat(job.get("error").isNull()).isTrue();
    assertThat(job.at("/source/layer").asText()).isEqualTo("fc1");
    assertThat(job.get("method").asText()).isEqualTo("tsne");
    List<String> ids = new ArrayList<>();
    json(client.get("/api/jobs")).forEach(one -> ids.add(one.get("id").asText()));
    assertThat(ids).contains(id);

    JsonNode result = json(client.get("/api/results/" + digest));
    assertThat(result.at("/quality/k").asInt()).isEqualTo(6);
    assertThat(result.at("/quality/neighborhoodHit").asDouble()).isBetween(0.4, 1.0);
    assertThat(result.at("/quality/neighborhoodHitPerClass").size()).isEqualTo(3);
    assertThat(result.at("/columns/layout/shape").toString()).isEqualTo("[90,2]");

    HttpResponse<byte[]> layout = client.get("/api/results/" + digest + "/columns/layout");
    assertThat(header(layout, "Inscape-Shape")).isEqualTo("90,2");
    assertThat(header(layout, "Inscape-Type")).isEqualTo("float32");
    assertThat(layout.body()).hasSize(90 * 2 * 4);
    assertThat(client.get("/api/jobs/" + id + "/layout").body()).isEqualTo(layout.body());
    HttpResponse<byte[]> hit = client.get("/api/results/" + digest + "/columns/neighborhoodHit");
    assertThat(header(hit, "Inscape-Shape")).isEqualTo("90");
    double sum = 0;
    for (float value : Client.floats(hit)) {
      sum += value;
    }
    assertThat(sum / 90)
        .isCloseTo(
            result.at("/quality/neighborhoodHit").asDouble(),
            org.assertj.core.data.Offset.offset(1e-6));

    HttpResponse<byte[]> again = client.post("/api/jobs", QUICK.formatted(2, "fc1", 0));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).get("state").asText()).isEqualTo("done");
    assertThat(json(again).get("digest").asText()).isEqualTo(digest);
    assertThat(
            json(client.get("/api/projections?run=small&epoch=2&layer=fc1"))
                .findValuesAsText("digest"))
        .contains(digest);
    assertThat(json(client.get("/api/projections?run=small&epoch=1&layer=fc1"))).isEmpty();
  }

  @Test
  void pausesResumesAndCancels() throws Exception {
    JsonNode job = json(client.post("/api/jobs", ENDLESS.formatted(1)));
    String address = "/api/jobs/" + job.get("id").asText();
    while (client.get(address + "/layout").statusCode() == 204) {
      Thread.onSpinWait(); // nothing to show before the first step
    }
    client.post(address + "/pause", "{}");
    awaitState(address, "paused");
    client.post(address + "/resume", "{}");
    awaitState(address, "running");
    HttpResponse<byte[]> cancelled =
        client.send("DELETE", address, "", "Origin", "http://127.0.0.1:" + server.port());
    assertThat(cancelled.statusCode()).isEqualTo(200);
    queue.job(job.get("id").asText()).await();
    assertThat(json(client.get(address)).get("state").asText()).isEqualTo("cancelled");
  }

  @Test
  void saysSoWhenTheQueueIsFull() throws Exception {
    List<String> ids = new ArrayList<>();
    HttpResponse<byte[]> last;
    do {
      last = client.post("/api/jobs", ENDLESS.formatted(100 + ids.size()));
      if (last.statusCode() == 202) {
        ids.add(json(last).get("id").asText());
      }
    } while (last.statusCode() == 202 && ids.size() < 10);

    assertThat(last.statusCode()).isEqualTo(503);
    assertThat(message(last)).isNotBlank();
    assertThat(header(last, "Retry-After")).isNotBlank();
    for (String id : ids) {
      client.send("DELETE", "/api/jobs/" + id, "");
      queue.job(id).await();
    }
  }

  @Test
  void tellsPagesWhatHappens() throws Exception {
    HttpResponse<java.util.stream.Stream<String>> stream = client.stream("/api/events");
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (var lines = stream.body()) {
      Iterator<String> each = lines.iterator();
      assertThat(each.next()).isEqualTo("event: hello");
      assertThat(each.next()).isEqualTo("data: {}");
      JsonNode submitted = json(client.post("/api/jobs", QUICK.formatted(1, "logits", 5)));
      String state = "";
      while (!state.equals("done")) {
        String line = each.next();
        if (line.equals("event: job")) {
          JsonNode job =
              new com.fasterxml.jackson.databind.ObjectMapper()
                  .readTree(each.next().substring("data: ".length()));
          assertThat(job.get("id")).isEqualTo(submitted.get("id"));
          state = job.get("state").asText();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | kind must be a text, got null",
        "[] | the request: expected an object",
        "{\"kind\":\"projection\" | line 1",
        "{\"kind\":\"dance\",\"source\":{\"layer\":\"input\"},\"method\":\"tsne\"} | kind must be one of projection, sequence, bundle, field, probe",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"tsne\",\"colour\":1} | no field \"colour\"",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\",\"row\":1},\"method\":\"tsne\"} | no field \"row\"",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"magic\"} | magic",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"tsne\",\"parameters\":{\"perplexitty\":3}} | perplexitty",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"tsne\",\"parameters\":{\"perplexity\":1}} | perplexity",
        "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"tsne\",\"parameters\":{\"perplexity\":\"x\"}} | perplexity",
        "{\"kind\":\"projection\",\"source\":{\"run\":\"nobody\",\"epoch\":0,\"layer\":\"fc1\"},\"method\":\"tsne\"} | nobody",
        "{\"kind\":\"projection\",\"source\":{\"run\":\"small\",\"epoch\":7,\"layer\":\"fc1\"},\"method\":\"tsne\"} | 7",
        "{\"kind\":\"projection\",\"source\":{\"run\":\"small\",\"epoch\":0,\"layer\":\"fc9\"},\"method\":\"tsne\"} | fc9",
        "{\"kind\":\"projection\",\"source\":{\"run\":\"small\",\"layer\":\"fc1\"},\"method\":\"tsne\"} | epoch",
        "{\"kind\":\"projection\",\"source\":{\"run\":\"small\",\"epoch\":1.5,\"layer\":\"fc1\"},\"method\":\"tsne\"} | whole number",
      })
  void refusesWhatItCannotMean(String body, String part) {
    HttpResponse<byte[]> answer = client.post("/api/jobs", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    if (!body.equals("[]")) {
      assertThat(message(answer)).contains(part);
    }
    assertThat(message(answer)).isNotBlank().doesNotContain("Exception", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/nothing,404",
    "GET,/api/jobs/none,404",
    "GET,/api/jobs/none/layout,404",
    "GET,/api/results/0000,404",
    "GET,/api/results/0000/columns/layout,404",
    "GET,/api/runs/nobody/epochs/0/predictions,404",
    "GET,/api/runs/small/epochs/9/predictions,404",
    "GET,/api/runs/small/epochs/one/predictions,400",
    "GET,/api/projections?epoch=one,400",
    "GET,/nothing.html,404",
    "PUT,/api/study,405",
    "DELETE,/api/study,405",
    "DELETE,/api/jobs,405",
  })
  void answersWithASentenceWhereThereIsNothing(String method, String path, int status) {
    HttpResponse<byte[]> answer = client.send(method, path, "", "Content-Type", "application/json");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(message(answer)).isNotBlank();
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/results/..%2f..%2fstudy.json",
        "/api/results/%2e%2e/columns/layout",
        "/api/results/../../study.json",
        "/api/results/x/columns/..%2fresult.json",
        "/api/runs/..%2f..%2f/epochs/0/predictions",
        "/..%2f..%2fetc/passwd",
        "/../../etc/passwd",
        "/assets/..%5c..%5cx.js",
        "/assets",
        "/assets/",
        "//etc/passwd",
        "/%00.html",
      })
  void doesNotLeaveItsFolders(String path) {
    String answer =
        client.raw(
            "GET "
                + path
                + " HTTP/1.1\nHost: 127.0.0.1:"
                + server.port()
                + "\nConnection: close\n\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("root:", "\"format\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:PORT",
        "0.0.0.0:PORT",
        "localhost:PORT:PORT"
      })
  void answersToItsOwnNameOnly(String host) {
    String answer =
        client.raw(
            "GET /api/study HTTP/1.1\nHost: "
                + host.replace("PORT", "" + server.port())
                + "\nConnection: close\n\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (421|400) .*").doesNotContain("\"runs\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"})
  void answersToEachOfItsNames(String host) {
    String answer =
        client.raw(
            "GET /api/jobs HTTP/1.1\nHost: "
                + host.replace("PORT", "" + server.port())
                + "\nConnection: close\n\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "https://127.0.0.1:PORT",
        "http://127.0.0.1:1",
        "file://"
      })
  void letsNoOtherPageDriveIt(String origin) {
    String given = origin.replace("PORT", "" + server.port());
    HttpResponse<byte[]> posted =
        client.send(
            "POST",
            "/api/jobs",
            ENDLESS.formatted(9),
            "Content-Type",
            "application/json",
            "Origin",
            given);
    assertThat(posted.statusCode()).isEqualTo(403);
    assertThat(client.get("/api/study", "Origin", given).statusCode()).isEqualTo(403);
    assertThat(posted.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void refusesWhatABrowserFetchesForAnotherSite() {
    assertThat(client.get("/api/observations/images", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(client.get("/api/observations/images", "Sec-Fetch-Site", "same-site").statusCode())
        .isEqualTo(403);
    assertThat(client.get("/api/observations/images", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
    assertThat(client.get("/", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(200); // a link to the page
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void takesJsonOnly(String type) {
    HttpResponse<byte[]> answer =
        client.send("POST", "/api/jobs", ENDLESS.formatted(9), "Content-Type", type);
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(message(answer)).contains("application/json", type);
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    HttpResponse<byte[]> answer =
        client.post("/api/jobs", "{\"kind\":\"" + "x".repeat(1_100_000) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(message(answer)).contains("1048576");
  }

  @Test
  void protectsEveryAnswer() {
    for (String path : List.of("/", "/api/study", "/api/nothing", "/nothing.js")) {
      HttpResponse<byte[]> answer = client.get(path);
      assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(header(answer, "Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).as(path).isEmpty();
      assertThat(answer.headers().firstValue("Server")).as(path).isEmpty();
    }
  }

  @Test
  void servesThePage() {
    HttpResponse<byte[]> page = client.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(new String(page.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("<title>");
  }

  @Test
  void describesEveryRouteThereIs() {
    JsonNode paths = json(client.get("/api/openapi.json")).get("paths");
    TreeSet<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    TreeSet<String> live = new TreeSet<>();
    for (Route route : server.routes()) {
      live.add(route.method().name().toLowerCase(java.util.Locale.ROOT) + " " + route.path());
    }
    assertThat(described).isEqualTo(live).hasSize(56);
    for (String route : described) {
      String[] parts = route.split(" ", 2);
      JsonNode operation = paths.get(parts[1]).get(parts[0]);
      assertThat(operation.get("summary").asText()).as(route).isNotBlank();
      List<String> names = new ArrayList<>();
      operation.path("parameters").forEach(parameter -> names.add(parameter.get("name").asText()));
      java.util.regex.Matcher variable =
          java.util.regex.Pattern.compile("\\{(\\w+)}").matcher(parts[1]);
      while (variable.find()) {
        assertThat(names).as(route).contains(variable.group(1));
      }
    }
  }

  @Test
  void describesWhatItReallySends() {
    JsonNode document = json(client.get("/api/openapi.json"));
    JsonNode study = json(client.get("/api/study"));
    assertSameKeys(document, "Study", study);
    assertSameKeys(document, "Run", study.at("/runs/0"));
    document
        .findValues("$ref")
        .forEach(reference ->
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                .as(reference.asText())
                .isFalse());
  }

  @Test
  void aPageThatDoesNotReadHoldsNobodyUp() throws Exception {
    try (java.net.Socket deaf = new java.net.Socket("127.0.0.1", server.port())) {
      deaf.getOutputStream()
          .write(
              ("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      HttpResponse<java.util.stream.Stream<String>> stream = client.stream("/api/events");
      try (var lines = stream.body()) {
        Iterator<String> each = lines.iterator();
        assertThat(each.next()).isEqualTo("event: hello");
        String filler = "\"" + "x".repeat(100_000) + "\"";
        for (int i = 0; i < 1000; i++) {
          server.hub().publish("test", "same", filler);
        }
        server.hub().publish("test", "last", "1");
        String line = "";
        while (!line.equals("data: 1")) {
          line = each.next();
        }
      }
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    assertThatThrownBy(() ->
            Server.start(ServerConfig.loopback(server.port()), study, queue, small.failures()::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port " + server.port() + " on 127.0.0.1 cannot be used")
        .hasMessageContaining("--port");
    assertThatThrownBy(() -> ServerConfig.loopback(70_000))
        .hasMessage("a port is a number from 0 to 65535, got 70000");
  }

  private static void assertSameKeys(JsonNode document, String schema, JsonNode sent) {
    TreeSet<String> described = new TreeSet<>();
    document
        .at("/components/schemas/" + schema + "/properties")
        .fieldNames()
        .forEachRemaining(described::add);
    TreeSet<String> keys = new TreeSet<>();
    sent.fieldNames().forEachRemaining(keys::add);
    assertThat(described).as(schema).isEqualTo(keys);
  }

  private static void awaitState(String address, String state) {
    while (!json(client.get(address)).get("state").asText().equals(state)) {
      Thread.onSpinWait();
    }
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
