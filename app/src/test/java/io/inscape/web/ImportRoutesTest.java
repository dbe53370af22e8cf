package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The routes of an import into a study that is there, over real HTTP.
@Timeout(120)
class ImportRoutesTest {
  private static final String LOOK = "{\"model\":{\"staged\":\"models\"}}";

  private static List<Throwable> failures;
  private static Study study;
  private static Workers workers;
  private static JobQueue queue;
  private static FakeImporter importer;
  private static Server server;
  private static Client client;
  private String id;

  @BeforeAll
  static void start(@TempDir Path folder) {
    failures = new CopyOnWriteArrayList<>();
    study = SmallStudy.create(folder);
    workers = Workers.of(1);
    queue = JobQueue.start(study, workers, 2, 1);
    importer = new FakeImporter(study.run(SmallStudy.RUN).info());
    server = Server.start(ServerConfig.loopback(0), study, queue, importer, failures::add);
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    queue.close();
    workers.close();
    study.close();
    assertThat(study.folder().resolve(".staging")).doesNotExist();
  }

  @BeforeEach
  void makeAnArea() {
    failures.clear();
    HttpResponse<byte[]> made = client.post("/api/imports", "{}");
    assertThat(made.statusCode()).as(message(made)).isEqualTo(200);
    id = json(made).get("id").asText();
  }

  @AfterEach
  void removeIt() {
    client.send("DELETE", area(), "");
    client.send("DELETE", area(), "");
  }

  private String area() {
    return "/api/imports/" + id;
  }

  private HttpResponse<byte[]> upload(String path, byte[] bytes, String... headers) {
    return client.upload(files(path), bytes, headers);
  }

  private String files(String path) {
    return area() + "/files?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  private Path staged(String path) {
    return study.folder().resolve(".staging").resolve(id).resolve("files").resolve(path);
  }

  @Test
  void takesFilesAsTheyAre() throws IOException {
    byte[] bytes = new byte[3_000_000]; // larger than any other request may be
    java.util.Arrays.fill(bytes, (byte) 7);
    HttpResponse<byte[]> answer = upload("models/a b/epoch-1.onnx", bytes);

    assertThat(answer.statusCode()).as(message(answer)).isEqualTo(200);
    assertThat(json(answer).get("path").asText()).isEqualTo("models/a b/epoch-1.onnx");
    assertThat(json(answer).get("bytes").asLong()).isEqualTo(3_000_000);
    assertThat(staged("models/a b/epoch-1.onnx")).hasBinaryContent(bytes);
    assertThat(upload("models/a b/epoch-1.onnx", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(staged("models/a b/epoch-1.onnx")).isEmptyFile();
    JsonNode about = json(client.get(area()));
    assertThat(about.get("state").asText()).isEqualTo("open");
    assertThat(about.get("files").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "..",
        "/etc/x",
        "a/../../../x",
        "C:\\x",
        "C:/x",
        "a\\b",
        "a\u0000b",
        "",
        "a//b"
      })
  void refusesPathsThatLeadElsewhere(String path) throws IOException {
    HttpResponse<byte[]> answer = upload(path, new byte[] {1});

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("not possible");
    try (Stream<Path> files = Files.walk(staged(""))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
    assertThat(study.folder().resolve("x")).doesNotExist();
  }

  @Test
  void refusesAFileInThePlaceOfAFolder() {
    assertThat(upload("a", new byte[] {1}).statusCode()).isEqualTo(200);
    assertThat(upload("a/b", new byte[] {1}).statusCode()).isEqualTo(400);
    assertThat(upload("c/d", new byte[] {1}).statusCode()).isEqualTo(200);
    assertThat(upload("c", new byte[] {1}).statusCode()).isEqualTo(400);
  }

  @Test
  void letsNoOtherPageUpload() {
    assertThat(upload("a", new byte[] {1}, "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(upload("a", new byte[] {1}, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(client.get("/api/folders?path=/", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    for (String simple : List.of("text/plain", "multipart/form-data", "application/json")) {
      HttpResponse<byte[]> answer = client.send("POST", files("a"), "x", "Content-Type", simple);
      assertThat(answer.statusCode()).as(simple).isEqualTo(415);
    }
    assertThat(staged("a")).doesNotExist();
  }

  @Test
  void takesBytesNowhereElse() {
    assertThat(client.upload(area() + "/look", LOOK.getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(415);
    assertThat(client.upload("/api/jobs", new byte[] {1}).statusCode()).isEqualTo(415);
    HttpResponse<byte[]> large =
        client.post(area() + "/look", "{\"preprocess\":\"" + "x".repeat(1_100_000) + "\"}");
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void keepsNothingOfAnUploadThatWasCutOff() throws Exception {
    Path incoming = study.folder().resolve(".staging").resolve(id).resolve("incoming");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + files("models/cut.onnx")
                  + " HTTP/1.1\r\nHost: 127.0.0.1:"
                  + server.port()
                  + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\nbegin")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      until(() -> !isEmpty(incoming));
    }
    until(() -> isEmpty(incoming));
    assertThat(staged("models/cut.onnx")).doesNotExist();
    assertThat(upload("models/cut.onnx", new byte[] {1}).statusCode()).isEqualTo(200);
    assertThat(failures).isEmpty();
  }

  @Test
  void refusesWhatIsTooLargeBeforeItComes() {
    String answer =
        client.raw(
            "POST "
                + files("huge.onnx")
                + " HTTP/1.1\nHost: 127.0.0.1:"
                + server.port()
                + "\nContent-Type: application/octet-stream\nContent-Length: 9000000000\n"
                + "Connection: close\n\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("8589934592");
  }

  @Test
  void looksAtWhatCame() {
    upload("models/epoch-1.onnx", new byte[] {1});
    HttpResponse<byte[]> before = client.get(area() + "/examples");
    assertThat(before.statusCode()).isEqualTo(409);
    assertThat(client.get(area() + "/graph").statusCode()).isEqualTo(409);

    HttpResponse<byte[]> looked =
        client.post(
            area() + "/look",
            """
            {"model":{"staged":"models"},"data":null,"preprocess":"scale","epochs":{"epoch-1.onnx":3},
             "run":"mine","tokenizer":null,"activations":null,"layers":["fc1"],"observations":"all","withoutPredictions":null,
             "study":null}
            """);

    assertThat(looked.statusCode()).as(message(looked)).isEqualTo(200);
    assertThat(json(looked).get("ready").asBoolean()).isTrue();
    assertThat(importer.last().model()).contains(staged("models"));
    assertThat(importer.last().data()).isEmpty();
    assertThat(importer.last().reading().preprocess()).contains("scale");
    assertThat(importer.last().reading().epochs()).containsEntry("epoch-1.onnx", 3);
    assertThat(importer.last().keeping().run()).contains("mine");
    assertThat(importer.last().keeping().layers()).contains(List.of("fc1"));
    HttpResponse<byte[]> examples = client.get(area() + "/examples");
    assertThat(examples.headers().firstValue("Inscape-Shape")).contains("2,1,2,2");
    assertThat(Client.floats(examples)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(json(client.get(area() + "/graph")).get("nodes").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"model\":{\"staged\":\"nothing\"}}",
        "{\"model\":{\"staged\":\"../..\"}}",
        "{\"model\":{\"path\":\"relative\"}}",
        "{\"model\":{\"path\":\"/a\",\"staged\":\"models\"}}",
        "{\"model\":{}}",
        "{\"model\":{\"path\":\"/a\"},\"data\":{\"name\":\"mnist\"}}",
        "{\"model\":{\"path\":\"/a\"},\"epochs\":{\"a\":-1}}",
        "{\"model\":{\"path\":\"/a\"},\"observations\":\"some\"}",
        "{\"model\":{\"path\":\"/a\"},\"layers\":[1]}",
        "{\"modell\":{\"path\":\"/a\"}}",
        "{\"activations\":{\"staged\":\"nothing\"}}",
        "{\"activations\":{\"path\":\"relative\"}}",
        "{\"activations\":{\"path\":\"/a\"},\"model\":{\"path\":\"/a\"}}",
        "{\"activations\":{\"path\":\"/a\"},\"data\":{\"name\":\"mnist\"}}",
        "{\"activations\":{\"path\":\"/a\"},\"run\":\"mine\"}",
      })
  void refusesWhatItCannotMean(String body) {
    for (String route : List.of("/look", "/start")) {
      HttpResponse<byte[]> answer = client.post(area() + route, body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(message(answer)).isNotBlank().doesNotContain("Exception");
    }
  }

  @Test
  void importsAndTellsHowFarItIs() throws Exception {
    upload("models/epoch-1.onnx", new byte[] {1});
    HttpResponse<Stream<String>> events = client.stream(area() + "/events");
    Iterator<String> lines = events.body().iterator();
    HttpResponse<byte[]> started = client.post(area() + "/start", LOOK);

    assertThat(started.statusCode()).as(message(started)).isEqualTo(202);
    assertThat(next(lines, "progress").get("fraction").isNumber()).isTrue();
    JsonNode done = next(lines, "done");
    assertThat(done.get("run").asText()).isEqualTo(SmallStudy.RUN);
    assertThat(done.get("study").asText()).isEqualTo(study.folder().toAbsolutePath().toString());
    events.body().close();
    Iterator<String> late = client.stream(area() + "/events").body().iterator();
    assertThat(next(late, "done").get("run").asText()).isEqualTo(SmallStudy.RUN);
    until(() -> Files.notExists(staged("")));
    assertThat(json(client.get(area())).get("state").asText()).isEqualTo("done");
  }

  @Test
  void cancelsInTheMiddle() throws Exception {
    upload("models/epoch-1.onnx", new byte[] {1});
    Iterator<String> lines = client.stream(area() + "/events").body().iterator();
    String endless = "{\"model\":{\"staged\":\"models\"},\"run\":\"endless\"}";
    assertThat(client.post(area() + "/start", endless).statusCode()).isEqualTo(202);
    assertThat(importer.begun.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(upload("models/b.onnx", new byte[] {1}).statusCode()).isEqualTo(409);
    assertThat(client.post(area() + "/start", LOOK).statusCode()).isEqualTo(409);
    HttpResponse<byte[]> other = client.post("/api/imports", "{}");
    String second = "/api/imports/" + json(other).get("id").asText();
    client.upload(second + "/files?path=models/x.onnx", new byte[] {1});
    assertThat(client.post(second + "/look", LOOK).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = client.post(second + "/start", LOOK);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(message(refused)).contains("one is carried out at a time");

    assertThat(json(client.send("DELETE", area(), "")).get("state").asText())
        .isIn("cancelling", "cancelled");
    next(lines, "cancelled");
    assertThat(staged("models/epoch-1.onnx")).exists();
    until(() -> client.post(second + "/start", LOOK).statusCode() == 202);
    until(() -> json(client.get(second)).get("state").asText().equals("done"));
    client.send("DELETE", second, "");
    assertThat(client.get(second).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "fault"})
  void saysWhyAnImportFailed(String run) throws Exception {
    upload("models/epoch-1.onnx", new byte[] {1});
    client.post(area() + "/start", "{\"model\":{\"staged\":\"models\"},\"run\":\"" + run + "\"}");

    Iterator<String> lines = client.stream(area() + "/events").body().iterator();
    String sentence = next(lines, "failed").get("message").asText();

    assertThat(sentence).contains(run.equals("broken") ? "export it again" : "a fault of Inscape");
    until(() -> json(client.get(area())).get("state").asText().equals("failed"));
    until(() -> failures.size() == (run.equals("broken") ? 0 : 1));
    assertThat(staged("models/epoch-1.onnx")).exists();
  }

  @Test
  void keepsAreasApart() {
    String other = "/api/imports/" + json(client.post("/api/imports", "{}")).get("id").asText();
    upload("models/a", new byte[] {1});
    HttpResponse<byte[]> answer =
        client.post(other + "/look", "{\"model\":{\"staged\":\"models\"}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("nothing was uploaded");
    client.send("DELETE", other, "");
    assertThat(staged("models/a")).exists();
    assertThat(client.get(other).statusCode()).isEqualTo(404);
    assertThat(client.upload(other + "/files?path=a", new byte[1]).statusCode()).isEqualTo(404);
  }

  @Test
  void listsFolders(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("b"));
    Files.createDirectory(folder.resolve(".hidden"));
    Files.write(folder.resolve("a.onnx"), new byte[] {1, 2, 3});

    JsonNode answer = json(client.get("/api/folders?path=" + folder));

    assertThat(answer.get("path").asText()).isEqualTo(folder.toString());
    assertThat(answer.get("parent").asText()).isEqualTo(folder.getParent().toString());
    assertThat(answer.get("entries").toString())
        .isEqualTo(
            "[{\"name\":\"b\",\"folder\":true,\"bytes\":0},"
                + "{\"name\":\"a.onnx\",\"folder\":false,\"bytes\":3}]");
    assertThat(client.get("/api/folders?path=relative").statusCode()).isEqualTo(400);
    assertThat(client.get("/api/folders?path=" + folder + "/none").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/folders?path=%00").statusCode()).isEqualTo(400);
    assertThat(json(client.get("/api/folders?path=/")).get("parent").isNull()).isTrue();
    assertThat(client.get("/api/folders").statusCode()).isEqualTo(200);
  }

  static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The data of the next event of a name.
  static JsonNode next(Iterator<String> lines, String event) throws IOException {
    while (lines.hasNext()) {
      if (lines.next().equals("event: " + event)) {
        return new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(lines.next().substring("data: ".length()));
      }
    }
    throw new AssertionError("the stream ended without " + event);
  }

  /// What another thread does a moment later.
  static void until(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
