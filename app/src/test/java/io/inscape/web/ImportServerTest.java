package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static io.inscape.web.ImportRoutesTest.next;
import static io.inscape.web.ImportRoutesTest.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.http.Route;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallData;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server over a folder without a study, from the first upload to the study on the same port.
@Timeout(120)
class ImportServerTest {
  private static Path made;
  private static RunInfo run;
  private static Path snapshot;

  @TempDir private Path folder;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private FakeImporter importer;

  @BeforeAll
  static void makeASmallStudy(@TempDir Path shared) {
    made = shared;
    try (Study study = SmallStudy.create(shared)) {
      run = study.run(SmallStudy.RUN).info();
      snapshot = study.folder().resolve("runs").resolve(SmallStudy.RUN).resolve("epoch-0002.onnx");
    }
  }

  @BeforeEach
  void makeTheFake() {
    importer = new FakeImporter(run);
  }

  @AfterEach
  void nothingOfOursFailed() {
    assertThat(failures).isEmpty();
  }

  private Path study() {
    return folder.resolve("new");
  }

  private ImportServer start() {
    return ImportServer.start(ServerConfig.loopback(0), study(), importer, failures::add);
  }

  private static String area(Client client) {
    HttpResponse<byte[]> answer = client.post("/api/imports", "{}");
    assertThat(answer.statusCode()).as(message(answer)).isEqualTo(200);
    return "/api/imports/" + json(answer).get("id").asText();
  }

  /// A whole data set and a network.
  private static void uploadAll(Client client, String area) throws IOException {
    try (Stream<Path> files = Files.list(made.resolve("data"))) {
      for (Path file : files.toList()) {
        client.upload(area + "/files?path=stripes/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    client.upload(area + "/files?path=models/epoch-2.onnx", Files.readAllBytes(snapshot));
  }

  private static String order(String run) {
    return """
    {"model":{"staged":"models"},"data":{"staged":"stripes"},"run":"%s","study":"My study","observations":50}
    """
        .formatted(run);
  }

  @Test
  void saysThatThereIsNoStudyYet() {
    try (ImportServer server = start();
        Client client = new Client(server.port())) {
      HttpResponse<byte[]> answer = client.get("/api/study");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json(answer).get("empty").asBoolean()).isTrue();
      assertThat(message(answer)).contains("no study");
      assertThat(client.get("/").statusCode()).isEqualTo(200);
      assertThat(client.get("/api/jobs").statusCode()).isEqualTo(404);
      TreeSet<String> described = new TreeSet<>();
      json(client.get("/api/openapi.json"))
          .get("paths")
          .fieldNames()
          .forEachRemaining(described::add);
      TreeSet<String> live = new TreeSet<>();
      server.routes().stream().map(Route::path).forEach(live::add);
      assertThat(described).isEqualTo(live);
    }
    assertThat(study()).doesNotExist();
  }

  /// A body that comes after its head must not cost the connection, on which the next request
  /// comes.
  @Test
  void keepsTheConnectionOfARequestWhoseBodyNobodyNeeds() throws IOException {
    try (ImportServer server = start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (int i = 0; i < 2; i++) {
        send(
            socket,
            "POST /api/imports HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.port()
                + "\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
        socket.setSoTimeout(300);
        assertThatThrownBy(() -> socket.getInputStream().read())
            .as("no answer before the body")
            .isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(20_000);
        send(socket, "{}");
        assertThat(answers.readLine()).isEqualTo("HTTP/1.1 200 OK");
        int length = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
          assertThat(line.toLowerCase(Locale.ROOT)).isNotEqualTo("connection: close");
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
            length = Integer.parseInt(line.substring("content-length: ".length()));
          }
        }
        assertThat(answers.skip(length)).isEqualTo(length);
      }
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @Test
  void describesUploadsAsBytes() {
    try (ImportServer server = start();
        Client client = new Client(server.port())) {
      JsonNode upload =
          json(client.get("/api/openapi.json")).at("/paths/~1api~1imports~1{id}~1files");
      assertThat(upload.at("/post/requestBody/content").fieldNames().next())
          .isEqualTo("application/octet-stream");
    }
  }

  @Test
  void movesItsDataIntoTheStudyAndTellsThePageFirst() throws Exception {
    try (ImportServer server = start();
        Client client = new Client(server.port())) {
      String area = area(client);
      uploadAll(client, area);
      Stream<String> events = client.stream(area + "/events").body();
      Iterator<String> lines = events.iterator();
      assertThat(client.post(area + "/start", order("small")).statusCode()).isEqualTo(202);

      server.await();

      assertThat(next(lines, "done").get("study").asText()).isEqualTo(study().toString());
      events.close();
      HttpResponse<byte[]> again = client.post(area + "/start", order("small"));
      assertThat(again.statusCode()).isIn(400, 409);
    }
    assertThat(study().resolve(".staging")).doesNotExist();
    try (Study opened = Study.open(study())) {
      assertThat(opened.info().dataset().source())
          .isEqualTo(study().resolve("data").resolve("stripes").toString());
      assertThat(opened.dataset().test().count()).isEqualTo(SmallData.TEST);
    }
  }

  @Test
  void takesBackWhatAnImportThatFailedMoved() throws Exception {
    try (ImportServer server = start();
        Client client = new Client(server.port())) {
      String area = area(client);
      uploadAll(client, area);
      for (String how : List.of("broken", "endless")) {
        assertThat(client.post(area + "/start", order(how)).statusCode()).isEqualTo(202);
        if (how.equals("endless")) {
          client.send("DELETE", area, "");
        }
        until(() ->
            List.of("failed", "cancelled").contains(json(client.get(area)).get("state").asText()));
        assertThat(study().resolve("data")).doesNotExist();
      }
      assertThat(client.post(area + "/look", order("small")).statusCode()).isEqualTo(200);
      assertThat(FakeImporter.isThere(importer.last())).isTrue();
      assertThat(Path.of(importer.last().data().orElseThrow()))
          .isDirectoryContaining("glob:**idx3*");
      assertThat(client.post(area + "/start", order("small")).statusCode()).isEqualTo(202);
      server.await();
    }
    assertThat(Study.exists(study())).isTrue();
  }

  @Test
  void leavesDataWhereTheyAreOnThisMachine() throws Exception {
    try (ImportServer server = start();
        Client client = new Client(server.port())) {
      String area = area(client);
      String order =
          """
          {"model":{"path":"%s"},"data":{"path":"%s"}}
          """
              .formatted(snapshot, made.resolve("data"));
      assertThat(client.post(area + "/start", order).statusCode()).isEqualTo(202);
      server.await();
    }
    assertThat(study().resolve("data")).doesNotExist();
    assertThat(made.resolve("data")).isNotEmptyDirectory();
  }

  @Test
  void importsForRealAndHandsOverItsPort() throws Exception {
    int port;
    try (ImportServer server =
            ImportServer.start(ServerConfig.loopback(0), study(), 1, failures::add);
        Client client = new Client(server.port())) {
      port = server.port();
      String area = area(client);
      uploadAll(client, area);
      assertThat(client.post(area + "/start", order("mine")).statusCode()).isEqualTo(202);
      server.await();
    }
    try (Study opened = Study.open(study());
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(opened, workers);
        Server server = Server.start(ServerConfig.loopback(port), opened, queue, failures::add);
        Client client = new Client(server.port())) {
      JsonNode answer = json(client.get("/api/study"));
      assertThat(answer.at("/name").asText()).isEqualTo("My study");
      assertThat(answer.at("/runs/0/name").asText()).isEqualTo("mine");
      assertThat(answer.at("/runs/0/snapshots").toString()).isEqualTo("[2]");
      assertThat(answer.at("/sample/count").asInt()).isEqualTo(50);
    }
  }

  @Test
  void namesFilesAsTheyWereUploaded() {
    try (ImportServer server =
            ImportServer.start(ServerConfig.loopback(0), study(), 1, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      client.upload(area + "/files?path=models/empty.onnx", new byte[0]);
      HttpResponse<byte[]> looked =
          client.post(area + "/look", "{\"model\":{\"staged\":\"models\"}}");
      assertThat(json(looked).at("/model/problem").asText()).startsWith("models/empty.onnx: ");
      HttpResponse<byte[]> started = client.post(area + "/start", order("mine"));
      assertThat(started.statusCode()).isEqualTo(400);
      client.upload(area + "/files?path=stripes/x", new byte[0]);
      started = client.post(area + "/start", order("mine"));
      assertThat(started.statusCode()).isEqualTo(400);
      assertThat(message(started)).startsWith("models/empty.onnx: ");
    }
  }

  @Test
  void clearsWhatAKilledServerLeft() throws Exception {
    Path left = study().resolve(".staging").resolve("0123456789ab");
    Files.createDirectories(left.resolve("files"));
    Files.writeString(left.resolve("files").resolve("huge.onnx"), "left");
    Files.createSymbolicLink(left.resolve("link"), made);
    Files.writeString(left.resolve("moved.json"), "{\"names\":[\"stripes\",\"../..\"]}");
    Files.createDirectories(study().resolve("data").resolve("stripes"));
    Files.writeString(study().resolve("data").resolve("stripes").resolve("a"), "left");
    try (ImportServer server = start()) {
      assertThat(server.port()).isPositive();
      assertThat(left).doesNotExist();
      assertThat(study().resolve("data")).doesNotExist();
      assertThat(made.resolve("data")).isNotEmptyDirectory();
    }
    assertThat(study().resolve(".staging")).doesNotExist();
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws IOException {
    Files.createDirectories(study().resolve("data"));
    assertThatThrownBy(this::start)
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("something else");
    assertThat(study().resolve("data")).exists();
  }

  @Test
  void letsOneServerUploadIntoAFolder() {
    try (ImportServer first = start();
        ImportServer second = start();
        Client one = new Client(first.port());
        Client two = new Client(second.port())) {
      assertThat(area(one)).startsWith("/api/imports/");
      HttpResponse<byte[]> refused = two.post("/api/imports", "{}");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(message(refused)).contains("in use");
    }
  }

  @Test
  void showsItsFoldersToThisMachineOnly() {
    try (ImportServer server =
            ImportServer.start(new ServerConfig("0.0.0.0", 0), study(), importer, failures::add);
        Client client = new Client(server.port())) {
      assertThat(client.get("/api/folders?path=/").statusCode()).isEqualTo(403);
      String area = area(client);
      HttpResponse<byte[]> answer =
          client.post(area + "/look", "{\"model\":{\"path\":\"" + snapshot + "\"}}");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(message(answer).toLowerCase(Locale.ROOT)).contains("upload");
    }
  }

  @Test
  void refusesToChangeAStudyThatIsOnlyLookedAt() {
    try (Study study = Study.openReadOnly(made.resolve("study"));
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(study, workers);
        Server server =
            Server.start(ServerConfig.loopback(0), study, queue, importer, failures::add);
        Client client = new Client(server.port())) {
      assertThat(client.post("/api/imports", "{}").statusCode()).isEqualTo(403);
      assertThat(client.post("/api/imports/x/look", "{}").statusCode()).isEqualTo(403);
      assertThat(client.post("/api/imports/x/start", "{}").statusCode()).isEqualTo(403);
      assertThat(client.upload("/api/imports/x/files?path=a", new byte[1]).statusCode())
          .isEqualTo(403);
      assertThat(made.resolve("study").resolve(".staging")).doesNotExist();
    }
  }
}
