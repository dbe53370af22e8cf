package io.inscape.recipe;

import java.util.List;

/// What the report on Cantareira et al. 2020 says in sentences.
final class CantareiraWords {
  static final String TRUST =
      """
      Alignment moves every step towards the others, so a step may borrow from them what its own space does not have. The
      neighborhood hit (NH, 6 neighbours) stands three times for each step: in the layer's own space, in the aligned layout, and in
      the layout of the same step without alignment. What is more in the aligned layout than in the own space, alignment made; what
      is more than in the unaligned layout but not than in the own space, alignment chose to show. The class ratio is the mean
      distance between classes over that within.

      """;

  static final String CONTROL =
      """
      * The run on permuted labels is the control: it learned nothing about the classes. Its field flows as smoothly as the real
        one's, so smoothness and coherence are no evidence of learning; the neighborhood hit and the class ratio of the last step,
        in the own space and unaligned, tell the two apart.
      """;

  static final String NO_CONTROL =
      """
      * A network trained on permuted labels gives a field that flows as smoothly: coherence is no evidence of learning. `--control`
        trains one and puts it beside the others.
      """;

  private CantareiraWords() {}

  static String overEpochs(String dataset) {
    return switch (dataset) {
      case "mnist" ->
          """
          The paper's figure 2: both networks separate the classes from the start; the fields expand clearly outwards, the
          convolutional network's slightly more; one class of the perceptron gets separated more quickly than the others.
          """;
      case "cifar-10" ->
          """
          The paper's figure 3: no outward expansion in the perceptron's field, whose points move in opposite directions and nearly
          cancel; a weaker, disorganised expansion in the convolutional network's.
          """;
      default -> "The paper did not look at this data set; the same is done as for its own.\n";
    };
  }

  static String overLayers(String dataset) {
    return switch (dataset) {
      case "mnist" ->
          """
          The paper's figure 4: the perceptron's field is smoother and more muted than over the epochs, since the first layers
          separate the data already; the convolutional network's is muted too, with more movement near its middle.
          """;
      case "cifar-10" ->
          """
          The paper's figure 5: convoluted fields with twists and waves, most of all the perceptron's; the convolutional network
          ends with its classes partly apart.
          """;
      default -> "The paper did not look at this data set; the same is done as for its own.\n";
    };
  }

  /// Which way the observations go, and why.
  static String direction(List<LearningSpace> spaces) {
    boolean inward = spaces.stream().anyMatch(space -> space.movement().outward() < 0);
    return """
    Spread is the mean distance from the middle. Every step's distances are divided by its largest (the paper's equation 1), so
    the growth of the activations themselves is not seen.
    """
        + (inward
            ? """
            Where the movement leads inward, a few far observations stretch that largest distance more than the others grow: most
            come nearer to the middle while their classes part. `./inscape evolve --study DIR --run mlp --layer fc4 --scale common`
            divides all steps by one number, and then layers whose activations grow spread outwards.
            """
            : "")
        + '\n';
  }

  static String differences(int epochs) {
    return "* The paper trained for "
        + Cantareira2020.PAPERS_EPOCHS
        + " epochs and kept 0, 5, 10 and 100; this is after "
        + epochs
        + ".\n"
        + """
        * The 2,000 test observations are another random draw than the paper's. The networks learn from all training images.
        * The paper minimises its energy by stochastic gradient descent with a schedule it does not give; here it falls by
          majorisation from a common start, with lambda 0.5 as there, until a sweep changes it by less than 0.001 %.
        * The paper gives neither the grid nor the smoothness of its fields. Fields of one figure have one scale of colour here.
        """;
  }
}
