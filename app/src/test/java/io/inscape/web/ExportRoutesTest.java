package io.inscape.web;

import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ExportRoutesTest {
  @TempDir private static Path folder;
  private static SmallServer server;
  private static String digest;

  @BeforeAll
  static void start() throws InterruptedException {
    server = SmallServer.start(folder, 4);
    JsonNode layout =
        server.computed(
            """
            {"kind":"projection","source":{"run":"small","epoch":2,"layer":"fc1"},"method":"pca","parameters":{}}
            """);
    digest = layout.get("digest").asText();
  }

  @AfterAll
  static void stop() {
    server.nothingOfOursFailed();
    server.close();
  }

  @Test
  void aTableComesAsAFileWithAName() {
    HttpResponse<byte[]> csv = server.client().get("/api/export/tables/metrics");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"inscape-metrics.csv\"");
    assertThat(csv.headers().firstValue("Inscape-Provenance").orElseThrow())
        .contains("\"dataset_digest\"");
    assertThat(text(csv).lines()).hasSize(4);
    HttpResponse<byte[]> npz = server.client().get("/api/export/results/" + digest + "?format=npy");
    assertThat(npz.headers().firstValue("Content-Disposition").orElseThrow())
        .endsWith("-" + digest.substring(0, 12) + ".npz\"");
    assertThat(npz.body()).startsWith('P', 'K');
    assertThat(server.client().get("/api/export/tables/quality?format=parquet").body())
        .startsWith('P', 'A', 'R', '1');
  }

  @Test
  void someObservationsAreAskedForWithABody() {
    HttpResponse<byte[]> some =
        server.client().post("/api/export/results/" + digest, "{\"rows\":[4,1]}");
    assertThat(text(some).lines().skip(1).map(line -> line.split(",")[0]).toList())
        .containsExactly("1", "4");
    HttpResponse<byte[]> none =
        server.client().post("/api/export/results/" + digest, "{\"rows\":[90]}");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(message(none)).isEqualTo("rows of a subset must be in [0, 90), got 90");
  }

  @Test
  void saysWhatThereIs() {
    HttpResponse<byte[]> unknown = server.client().get("/api/export/tables/nothing");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(message(unknown)).startsWith("there is no table \"nothing\"; there are runs, ");
    assertThat(message(server.client().get("/api/export/tables/metrics?format=xls")))
        .isEqualTo("format must be csv, parquet or npy, got \"xls\"");
    assertThat(server.client().get("/api/export/results/" + "0".repeat(64)).statusCode())
        .isEqualTo(404);
    assertThat(message(server.client().get("/api/export/results/" + digest + "?part=x")))
        .isEqualTo("part must be one of observation, got \"x\"");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
