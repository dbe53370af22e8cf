package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.network.RunWeights;
import io.inscape.study.network.RunWeightsReport;
import io.inscape.study.network.WeightDistances;
import io.inscape.study.network.WeightHistograms;
import io.inscape.study.network.WeightMatrices;
import io.inscape.weight.HintonDiagram;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;

/// How weights are distributed and move, and the weights themselves.
final class WeightRoutes {
  private static final int BINS = 64;
  private static final int CELLS = 128;
  private static final int MOST_RUNS = 16;

  private final RunWeights weights;
  private final WeightMatrices matrices;

  WeightRoutes(RunWeights weights) {
    this.weights = weights;
    this.matrices = new WeightMatrices(weights);
  }

  List<Route> routes(Schemas schemas) {
    return List.of(
        Route.get(
                "/api/runs/{run}/weights",
                "Mean, deviation, quartiles and the last update of every tensor after every epoch",
                context ->
                    Answers.json(context, RunWeightsReport.of(weights, context.pathParam("run"))),
                Route.Answer.json(
                    200, "The epochs", schemas.of(RunWeightsReport.class, "RunWeights")))
            .path("run", "string", "The run's name")
            .or(Route.Answer.error(404, "There is no such run")),
        Route.get(
                "/api/weights/histograms",
                "Histograms of one layer for all epochs of some runs, all in the same bins",
                this::histograms,
                Route.Answer.json(
                    200, "The histograms", schemas.of(WeightHistograms.class, "WeightHistograms")))
            .query("runs", "string", "Names of runs, separated by commas; at most " + MOST_RUNS)
            .query("layer", "string", "The layer's name")
            .query("kind", "string", "weights or biases; left out, weights")
            .query("of", "string", "values or updates; left out, values")
            .query("bins", "integer", "At most so many bins, from 2 to 1024; left out, " + BINS)
            .or(Route.Answer.error(400, "A number is out of range, or a word is none of these"))
            .or(Route.Answer.error(404, "There is no such run, or no run has such a layer")),
        Route.get(
                "/api/weights/distances",
                "How far the weights of two networks are apart, layer by layer",
                this::distances,
                Route.Answer.json(
                    200, "The distances", schemas.of(WeightDistances.class, "WeightDistances")))
            .query("a", "string", "A run and an epoch, such as mlp/5")
            .query("b", "string", "Another")
            .or(Route.Answer.error(400, "That is no run and epoch"))
            .or(Route.Answer.error(404, "There is no such run or epoch")),
        Route.get(
                "/api/runs/{run}/epochs/{epoch}/matrix",
                "The weights of a tensor, or the means of square blocks of them",
                this::matrix,
                Route.Answer.column(
                    "float32 [sender, receiver]; the header Inscape-Block says how many weights a"
                        + " cell covers on each side"))
            .path("run", "string", "The run's name")
            .path("epoch", "integer", "A kept epoch")
            .query("tensor", "string", "The tensor's name, or a title such as fc1 weights")
            .query("from", "integer", "The first sender; left out, 0")
            .query("to", "integer", "One past the last; left out, all")
            .query("left", "integer", "The first receiver; left out, 0")
            .query("right", "integer", "One past the last; left out, all")
            .query("cells", "integer", "Most rows and columns, 1 to 1024; left out, " + CELLS)
            .or(Route.Answer.error(400, "The window does not lie in the matrix"))
            .or(Route.Answer.error(404, "There is no such run, epoch or tensor"))
            .or(Route.Answer.error(409, "The epoch is not trained yet")),
        Route.get(
                "/api/runs/{run}/epochs/{epoch}/matrix/about",
                "The size of a tensor as a matrix, and the sizes that fill a cell of its Hinton"
                    + " diagram",
                this::about,
                Route.Answer.json(
                    200, "What it is", schemas.of(WeightMatrices.About.class, "WeightMatrix")))
            .path("run", "string", "The run's name")
            .path("epoch", "integer", "An epoch")
            .query("tensor", "string", "The tensor's name, or a title such as fc1 weights")
            .or(Route.Answer.error(404, "There is no such run, epoch or tensor")));
  }

  private void histograms(Context context) {
    List<String> runs =
        Arrays.stream(text(context, "runs", "").split(",", -1))
            .map(String::strip)
            .filter(run -> !run.isEmpty())
            .distinct()
            .toList();
    if (runs.size() > MOST_RUNS) {
      throw new IllegalArgumentException(
          "runs must be at most " + MOST_RUNS + ", got " + runs.size());
    }
    String of = text(context, "of", "values");
    if (!of.equals("values") && !of.equals("updates")) {
      throw new IllegalArgumentException("of must be values or updates, got \"" + of + "\"");
    }
    WeightHistograms.Question question =
        new WeightHistograms.Question(
            runs,
            required(context, "layer", "a layer's name, such as fc1"),
            text(context, "kind", "weights"),
            of.equals("updates"),
            Requests.index(context, "bins", BINS));
    Answers.json(context, WeightHistograms.of(weights, question));
  }

  private void distances(Context context) {
    String wanted = "a run and an epoch, such as mlp/5";
    Answers.json(
        context,
        WeightDistances.of(
            weights,
            WeightDistances.Place.parse(required(context, "a", wanted)),
            WeightDistances.Place.parse(required(context, "b", wanted))));
  }

  private void matrix(Context context) {
    WeightMatrices.Window window =
        new WeightMatrices.Window(
            Requests.index(context, "from", 0),
            Requests.index(context, "to", WeightMatrices.Window.ALL),
            Requests.index(context, "left", 0),
            Requests.index(context, "right", WeightMatrices.Window.ALL),
            Requests.index(context, "cells", CELLS));
    HintonDiagram diagram =
        matrices.matrix(
            context.pathParam("run"),
            Requests.epoch(context.pathParam("epoch")),
            tensor(context),
            window);
    float[] values = new float[diagram.rows() * diagram.cols()];
    for (int row = 0; row < diagram.rows(); row++) {
      for (int col = 0; col < diagram.cols(); col++) {
        values[row * diagram.cols() + col] = diagram.value(row, col);
      }
    }
    context.header("Inscape-Block", String.valueOf(diagram.block()));
    Answers.float32(context, values, diagram.rows(), diagram.cols());
  }

  private void about(Context context) {
    Answers.json(
        context,
        matrices.about(
            context.pathParam("run"), Requests.epoch(context.pathParam("epoch")), tensor(context)));
  }

  private static String tensor(Context context) {
    return required(context, "tensor", "a tensor's name, such as fc1.weight");
  }

  private static String required(Context context, String name, String what) {
    String text = text(context, name, "");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " must be " + what + ", got none");
    }
    return text;
  }

  private static String text(Context context, String name, String missing) {
    String text = Requests.blankIsNull(context.queryParam(name));
    return text == null ? missing : text.strip();
  }
}
