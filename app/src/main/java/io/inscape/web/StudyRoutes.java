package io.inscape.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inscape.evolution.AlignmentMethod;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.http.Answers;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.StudyInfo.DatasetInfo;
import io.inscape.study.StudyInfo.SampleInfo;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the study holds: itself, its runs, and the predictions for its observations.
final class StudyRoutes {
  private final Study study;
  private final JobQueue queue;
  private final List<MethodInfo> methods =
      Projections.methods().stream().map(MethodInfo::of).toList();
  private final List<MethodInfo> alignments =
      Alignments.methods().stream().map(MethodInfo::of).toList();
  private final List<MethodInfo.Field> bundle = options(BundleParams.class);
  private final List<MethodInfo.Field> field = options(FieldParams.class);
  private final Map<String, List<MethodInfo.Field>> options = new LinkedHashMap<>();

  StudyRoutes(Study study, JobQueue queue) {
    this.study = study;
    this.queue = queue;
    ComputedKind.all().forEach(kind -> options.put(kind.name(), options(kind.params())));
  }

  private static List<MethodInfo.Field> options(Class<? extends Record> type) {
    return MethodInfo.Field.all(Parameters.describe(type));
  }

  List<Route> routes(Schemas schemas) {
    return List.of(
        Route.get(
            "/api/study",
            "The study: its data set, sample, runs, the methods there are, and the tasks in hand",
            this::study,
            Route.Answer.json(200, "The study", schemas.of(Document.class, "Study"))),
        Route.get(
                "/api/runs/{run}/epochs/{epoch}/predictions",
                "How likely the network finds each class, for each observation",
                this::predictions,
                Route.Answer.column("float32 [observation, class]"))
            .path("run", "string", "The run's name")
            .path("epoch", "integer", "A kept epoch; 0 is the untrained network")
            .or(Route.Answer.error(404, "There is no such run or epoch"))
            .or(Route.Answer.error(409, "The epoch is planned and not there yet")));
  }

  private void study(Context context) {
    StudyInfo info = study.info();
    Document document =
        new Document(
            info.format(),
            info.version(),
            info.name(),
            study.readOnly(),
            info.dataset(),
            info.pipeline(),
            info.sample(),
            study.runs().stream().map(Run::info).toList(),
            methods,
            alignments,
            bundle,
            field,
            options.getOrDefault("probe", List.of()),
            options,
            queue.jobs().stream().map(io.inscape.study.analysis.Job::info).toList());
    Answers.json(context, document);
  }

  private void predictions(Context context) {
    Run run = study.run(context.pathParam("run"));
    float[] values = run.predictions(Requests.epoch(context.pathParam("epoch")));
    int observations = study.count();
    Answers.float32(context, values, observations, values.length / observations);
  }

  /// `GET /api/study`.
  ///
  /// @param format of the study folder
  /// @param version of Inscape that wrote it
  /// @param name of the study
  /// @param readOnly whether nothing can be changed
  /// @param dataset what it is about
  /// @param pipeline the preprocessing
  /// @param sample the observations looked at
  /// @param runs the training runs
  /// @param methods the projection methods
  /// @param alignments the methods for sequences
  /// @param bundle the options of bundling
  /// @param field the options of vector fields
  /// @param probe the options of linear probes, as in `options`
  /// @param options by kind, of the analyses that bring their own computation
  /// @param tasks the jobs in hand and those that ended
  record Document(
      int format,
      String version,
      String name,
      boolean readOnly,
      DatasetInfo dataset,
      String pipeline,
      SampleInfo sample,
      List<RunInfo> runs,
      List<MethodInfo> methods,
      List<MethodInfo> alignments,
      List<MethodInfo.Field> bundle,
      List<MethodInfo.Field> field,
      List<MethodInfo.Field> probe,
      Map<String, List<MethodInfo.Field>> options,
      List<JobInfo> tasks) {}

  /// A method and its options, for the page to draw controls from.
  ///
  /// @param name as a request names it
  /// @param title as a person names it
  /// @param text what it does, in one sentence
  /// @param parameters its options, nested ones with dots in their names
  record MethodInfo(String name, String title, String text, List<Field> parameters) {
    MethodInfo {
      parameters = List.copyOf(parameters);
    }

    static MethodInfo of(ProjectionMethod method) {
      return new MethodInfo(
          method.name(), method.title(), method.text(), Field.all(method.parameters()));
    }

    static MethodInfo of(AlignmentMethod method) {
      return new MethodInfo(
          method.name(), method.title(), method.text(), Field.all(method.parameters()));
    }

    /// One option.
    ///
    /// @param name such as `schedule.exaggeration`
    /// @param kind `integer`, `number`, `boolean`, `choice`, `autoOrNumber`, ...
    /// @param defaultValue sent as `default`
    /// @param min the least value, null for none
    /// @param max the greatest value, null for none
    /// @param minExclusive whether `min` itself is excluded
    /// @param maxExclusive whether `max` itself is excluded
    /// @param text what it does
    /// @param unit of the value, empty for none
    /// @param choices the values of a choice
    record Field(
        String name,
        String kind,
        @JsonProperty("default") Object defaultValue,
        @Nullable Double min,
        @Nullable Double max,
        boolean minExclusive,
        boolean maxExclusive,
        String text,
        String unit,
        List<String> choices) {
      static List<Field> all(List<ParameterField> fields) {
        return fields.stream().map(Field::of).toList();
      }

      private static Field of(ParameterField field) {
        return new Field(
            field.name(),
            field.kind().json(),
            field.defaultValue(),
            finite(field.min()),
            finite(field.max()),
            field.minExclusive(),
            field.maxExclusive(),
            field.text(),
            field.unit(),
            field.choices());
      }

      private static @Nullable Double finite(double bound) {
        return Double.isFinite(bound) ? bound : null;
      }
    }
  }
}
