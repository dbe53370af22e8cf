package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a small study, with all that it needs, and a client of it.
///
/// @param failures what went wrong by our own fault
record SmallServer(
    Study study,
    Workers workers,
    JobQueue queue,
    Server server,
    Client client,
    List<Throwable> failures)
    implements AutoCloseable {
  /// @param capacity how many jobs may wait
  static SmallServer start(Path folder, int capacity) {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Study study = SmallStudy.create(folder);
    Workers workers = Workers.of(1);
    JobQueue queue = JobQueue.start(study, workers, capacity, 1);
    Server server = Server.start(ServerConfig.loopback(0), study, queue, failures::add);
    return new SmallServer(study, workers, queue, server, new Client(server.port()), failures);
  }

  /// Asks, waits, and gives the result.
  JsonNode computed(String request) throws InterruptedException {
    HttpResponse<byte[]> answer = client.post("/api/jobs", request);
    assertThat(answer.statusCode()).as(message(answer)).isIn(200, 202);
    JsonNode job = json(answer);
    assertThat(queue.job(job.get("id").asText()).await().error()).isNull();
    return json(client.get("/api/results/" + job.get("digest").asText()));
  }

  void nothingOfOursFailed() {
    assertThat(failures).isEmpty();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    queue.close();
    workers.close();
    study.close();
  }
}
