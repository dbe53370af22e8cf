package io.inscape.web;

import io.inscape.dataset.Content;
import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputStatistic;
import io.inscape.dataset.InputStatistics;
import io.inscape.dataset.Vectors;
import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.Study;
import io.javalin.http.Context;
import java.util.List;

/// The observations of the study: their classes, images, inputs and figures of each by itself. What
/// may be large is sent in blocks, never held whole.
final class ObservationRoutes {
  /// More is no picture that anybody looks at, and much to send.
  private static final int MOST_FEATURES = 64;

  private static final int BLOCK_BYTES = 1 << 18;

  private final Study study;

  ObservationRoutes(Study study) {
    this.study = study;
  }

  List<Route> routes(Schemas schemas) {
    return List.of(
        Route.get(
                "/api/observations/labels",
                "The class of each observation",
                context -> Answers.uint16(context, study.labels(), study.count()),
                Route.Answer.column("uint16 [observation]"))
            .or(Route.Answer.error(404, "The study has no labels")),
        Route.get(
                "/api/observations/values",
                "The target value of each observation, as regression predicts it",
                context -> Answers.float32(context, study.values(), study.count()),
                Route.Answer.column("float32 [observation]"))
            .or(Route.Answer.error(404, "The study has no target values")),
        Route.get(
                "/api/observations/texts",
                "The text of each observation",
                this::texts,
                Route.Answer.json(200, "The texts", schemas.of(Texts.class, "Texts")))
            .query("from", "integer", "The first observation; left out, 0")
            .query("to", "integer", "One past the last; left out, all")
            .or(Route.Answer.error(400, "There are not so many observations"))
            .or(Route.Answer.error(404, "The study is not about texts")),
        Route.get(
            "/api/observations/ids",
            "The index of each observation in the study's part of the data set; in all of it the training split comes first",
            context -> Answers.int32(context, study.sample(), study.count()),
            Route.Answer.column("int32 [observation]")),
        Route.get(
                "/api/observations/images",
                "The image of each observation, as it is in the data set",
                this::images,
                Route.Answer.column("uint8 [observation, channel, row, col]"))
            .query("from", "integer", "The first observation; left out, 0")
            .query("to", "integer", "One past the last; left out, all")
            .or(Route.Answer.error(400, "There are not so many observations"))
            .or(Route.Answer.error(404, "The study is about vectors, which have no images")),
        Route.get(
            "/api/observations/statistics",
            "The figures that there are of each observation by itself, to colour by",
            context -> Answers.json(context, new Statistics(InputStatistics.of(study.content()))),
            Route.Answer.json(
                200, "What they are", schemas.of(Statistics.class, "InputStatistics"))),
        Route.get(
                "/api/observations/statistics/{name}",
                "One figure of each observation",
                this::statistic,
                Route.Answer.column("float32 [observation]"))
            .path("name", "string", "The figure's name")
            .or(Route.Answer.error(404, "There is no such figure")),
        Route.get(
                "/api/observations/features",
                "Some features of each observation's input, as a network sees it: preprocessed pixels, or columns of the vectors",
                this::features,
                Route.Answer.column("float32 [observation, feature]"))
            .query(
                "columns",
                "string",
                "Which features, such as 0,405; pixels are [channel, row, col]; at most "
                    + MOST_FEATURES)
            .or(Route.Answer.error(400, "There are no such features, or they are too many")));
  }

  private void images(Context context) {
    int from = Requests.index(context, "from", 0);
    int to = Requests.index(context, "to", study.count());
    requireRange(from, to);
    ImageShape shape = imageShape();
    int block = Math.max(1, BLOCK_BYTES / shape.size());
    Answers.stream(
        context,
        "uint8",
        new int[] {to - from, shape.channels(), shape.rows(), shape.cols()},
        out -> {
          for (int at = from; at < to; at += block) {
            out.write(study.images(at, Math.min(to, at + block)));
          }
        });
  }

  private void texts(Context context) {
    int from = Requests.index(context, "from", 0);
    int to = Requests.index(context, "to", study.count());
    Answers.json(context, new Texts(study.texts(from, to)));
  }

  private void requireRange(int from, int to) {
    if (from < 0 || from > to || to > study.count()) {
      throw new IllegalArgumentException(
          "observations must lie in [0, " + study.count() + "), got [" + from + ", " + to + ")");
    }
  }

  private ImageShape imageShape() {
    return switch (study.content()) {
      case Images images -> images.shape();
      case Vectors _, io.inscape.dataset.Texts _ -> {
        study.images(0, 0); // says that there are none
        throw new IllegalStateException("a study without images must refuse them");
      }
    };
  }

  private void statistic(Context context) {
    String name = context.pathParam("name");
    Content content = study.content();
    float[] values;
    try {
      values = InputStatistics.compute(content, name, study.sample());
    } catch (IllegalArgumentException e) { // the name is part of the address
      throw new HttpError(404, String.valueOf(e.getMessage()));
    }
    Answers.float32(context, values, values.length);
  }

  private void features(Context context) {
    int[] columns = Requests.indices(context, "columns", MOST_FEATURES);
    Rows rows = rows();
    for (int column : columns) {
      if (column < 0 || column >= rows.width()) {
        throw new IllegalArgumentException(
            "columns must name features from 0 to " + (rows.width() - 1) + ", got " + column);
      }
    }
    int[] sample = study.sample();
    int block = Math.max(1, BLOCK_BYTES / (4 * columns.length));
    Answers.stream(
        context,
        "float32",
        new int[] {sample.length, columns.length},
        out -> {
          float[] values = new float[Math.min(block, sample.length) * columns.length];
          for (int from = 0; from < sample.length; from += block) {
            int to = Math.min(sample.length, from + block);
            for (int i = from; i < to; i++) {
              rows.pick(sample[i], columns, values, (i - from) * columns.length);
            }
            Answers.write(out, values, (to - from) * columns.length);
          }
        });
  }

  private Rows rows() {
    return switch (study.content()) {
      case Vectors vectors -> new VectorRows(vectors);
      case Images _, io.inscape.dataset.Texts _ ->
          new FeedRows(Feed.of(study.content(), study.pipeline()));
    };
  }

  /// `GET /api/observations/texts`.
  ///
  /// @param texts one for each observation
  record Texts(List<String> texts) {}

  /// `GET /api/observations/statistics`.
  ///
  /// @param statistics what there is
  record Statistics(List<InputStatistic> statistics) {}

  /// Picks features of one observation; used by one request.
  private sealed interface Rows {
    int width();

    void pick(int observation, int[] columns, float[] target, int offset);
  }

  private record VectorRows(Vectors vectors) implements Rows {
    @Override
    public int width() {
      return vectors.columns();
    }

    @Override
    public void pick(int observation, int[] columns, float[] target, int offset) {
      for (int i = 0; i < columns.length; i++) {
        vectors.copy(observation, columns[i], columns[i] + 1, target, offset + i);
      }
    }
  }

  private static final class FeedRows implements Rows {
    private final Feed feed;
    private final float[] prepared;

    FeedRows(Feed feed) {
      this.feed = feed;
      this.prepared = new float[feed.width()];
    }

    @Override
    public int width() {
      return prepared.length;
    }

    @Override
    public void pick(int observation, int[] columns, float[] target, int offset) {
      feed.fill(observation, prepared, 0);
      for (int i = 0; i < columns.length; i++) {
        target[offset + i] = prepared[columns[i]];
      }
    }
  }
}
