package io.inscape.evolution.quality;

import io.inscape.quality.SpaceQuality;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a sequence: its own space, its aligned layout and its layout without alignment, side
/// by side.
///
/// Of a constant step, all of whose observations are equal, the space knows no neighbours: its
/// neighborhood hit is that of a random layout and its class ratio is 1.
///
/// **Noise.** A neighborhood hit h over m observations has the standard error `sqrt(h (1 - h) / m)`
/// of a share; the noise of a difference of two is twice the root of the sum of their squares, two
/// standard errors. The hits of one observation's k neighbours are not independent, so they count
/// once; that both hits are of the same observations is left out, which makes the noise larger, not
/// smaller.
///
/// @param step its number, from 0
/// @param name as the sequence has it
/// @param constant whether all observations are equal
/// @param ownNeighborhoodHit share of the nearest neighbours in the step's own space that have the
///   observation's label; null without labels, as all that needs them
/// @param alignedNeighborhoodHit in the aligned layout
/// @param unalignedNeighborhoodHit in the layout without alignment
/// @param neighborhoodHitNoise by how much the aligned hit may exceed the own one by chance
/// @param alignedStress of the aligned layout at the scale that suits it best
/// @param unalignedStress without alignment
/// @param alignedTrustworthiness of the aligned layout
/// @param unalignedTrustworthiness without alignment
/// @param ownClassRatio mean distance between observations of different labels over the mean
///   distance between those of one label, in the own space; null also where there are no pairs of
///   both kinds or those of one label are all at one place
/// @param alignedClassRatio in the aligned layout
/// @param unalignedClassRatio without alignment
/// @param warning what not to read into the aligned layout, in a sentence; null if there is nothing
public record StepQuality(
    int step,
    String name,
    boolean constant,
    @Nullable Double ownNeighborhoodHit,
    @Nullable Double alignedNeighborhoodHit,
    @Nullable Double unalignedNeighborhoodHit,
    @Nullable Double neighborhoodHitNoise,
    double alignedStress,
    double unalignedStress,
    double alignedTrustworthiness,
    double unalignedTrustworthiness,
    @Nullable Double ownClassRatio,
    @Nullable Double alignedClassRatio,
    @Nullable Double unalignedClassRatio,
    @Nullable String warning) {

  /// Puts one step together.
  ///
  /// @param found figures of the aligned layout and the one without alignment, in this order
  /// @param randomHit the neighborhood hit of a random layout; null without labels
  static StepQuality of(
      int step, String name, boolean constant, SpaceQuality found, @Nullable Double randomHit) {
    SpaceQuality.LayoutFigures aligned = found.layouts().get(0);
    SpaceQuality.LayoutFigures unaligned = found.layouts().get(1);
    Double own = constant ? randomHit : found.ownNeighborhoodHit();
    Double noise = noise(own, aligned.neighborhoodHit(), found.sampled());
    return new StepQuality(
        step,
        name,
        constant,
        own,
        aligned.neighborhoodHit(),
        unaligned.neighborhoodHit(),
        noise,
        aligned.stress(),
        unaligned.stress(),
        aligned.trustworthiness(),
        unaligned.trustworthiness(),
        found.ownClassRatio(),
        aligned.classRatio(),
        unaligned.classRatio(),
        warning(
            name, constant, own, aligned.neighborhoodHit(), unaligned.neighborhoodHit(), noise));
  }

  /// Two standard errors of the difference of two shares of as many observations.
  static @Nullable Double noise(@Nullable Double one, @Nullable Double other, int observations) {
    return one == null || other == null
        ? null
        : (Double) (2 * Math.sqrt((one * (1 - one) + other * (1 - other)) / observations));
  }

  private static @Nullable String warning(
      String name,
      boolean constant,
      @Nullable Double own,
      @Nullable Double aligned,
      @Nullable Double unaligned,
      @Nullable Double noise) {
    if (constant) {
      return name
          + ": all observations are equal here, so the whole picture of this step comes from the"
          + " other steps or the start";
    }
    if (own == null || aligned == null || unaligned == null || noise == null) {
      return null;
    }
    if (aligned - own <= noise) {
      return null;
    }
    String shown =
        name
            + ": the aligned layout shows a neighborhood hit of "
            + share(aligned)
            + " where the data themselves have "
            + share(own)
            + " (noise "
            + share(noise)
            + ") and the layout without alignment "
            + share(unaligned);
    return aligned - unaligned > noise
        ? shown + ": alignment brought in structure from other steps, do not read it as this step's"
        : shown + ": both layouts separate the classes more than the data do";
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /// {@return the components by their names, for JSON}
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("step", step);
    map.put("name", name);
    map.put("constant", constant);
    map.put("ownNeighborhoodHit", ownNeighborhoodHit);
    map.put("alignedNeighborhoodHit", alignedNeighborhoodHit);
    map.put("unalignedNeighborhoodHit", unalignedNeighborhoodHit);
    map.put("neighborhoodHitNoise", neighborhoodHitNoise);
    map.put("alignedStress", alignedStress);
    map.put("unalignedStress", unalignedStress);
    map.put("alignedTrustworthiness", alignedTrustworthiness);
    map.put("unalignedTrustworthiness", unalignedTrustworthiness);
    map.put("ownClassRatio", ownClassRatio);
    map.put("alignedClassRatio", alignedClassRatio);
    map.put("unalignedClassRatio", unalignedClassRatio);
    map.put("warning", warning);
    return map;
  }
}
