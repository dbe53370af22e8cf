package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Bundles trails by the density of their samples, after KDEEB and CUBu: trails that run close
/// together move onto one line.
///
/// Each round makes an image of where the samples are, smooths it with a kernel, moves every sample
/// up its slope and then a little towards its neighbours on the trail; the kernel shrinks from
/// round to round. First and last samples stay where they are, to the bit; every sample keeps its
/// time. The same input gives the same bits on any number of threads.
///
/// Cost: rounds times (samples + pixels of the trails' rectangle times the kernel's radius), per
/// class when bundled by class.
public final class Bundling {
  private static final String STAGE = "bundling";

  private Bundling() {}

  /// Bundles the trails of all observations.
  ///
  /// @param layouts at least 2 steps, 2 dimensions
  /// @param labels class of each observation; needed for bundling by class, else not looked at
  /// @param params the options
  /// @param workers threads to work on
  /// @param progress hears the stage `bundling`
  /// @return the bundled trails
  /// @throws IllegalArgumentException if there is one step only or three dimensions, if labels are
  ///   missing or too few, or if the samples do not fit an array
  /// @throws CancellationException if the calling thread is interrupted
  public static Bundles bundle(
      LayoutSequence layouts,
      Optional<int[]> labels,
      BundleParams params,
      Workers workers,
      Progress progress) {
    check(layouts, labels, params);
    Groups groups =
        switch (params.grouping()) {
          case ALL -> Groups.one(layouts.observations());
          case CLASS -> Groups.of(labels.orElseThrow());
        };
    Frame frame = Frame.of(layouts, params.resolution(), BundleLoop.margin(params));
    StraightTrails straight = new StraightTrails(layouts, params.perSegment(layouts.steps()));
    Samples samples = straight.inPixels(frame, groups);
    BundleLoop loop = new BundleLoop(samples, groups, frame, params, workers);
    for (int iteration = 0; iteration < params.iterations(); iteration++) {
      progress.report(STAGE, iteration / (double) params.iterations());
      loop.iterate();
    }
    switch (params.direction()) {
      case MIXED -> {}
      case SEPARATED -> loop.separate();
    }
    progress.report(STAGE, 1);
    return Bundles.of(straight, samples, groups, frame);
  }

  private static void check(LayoutSequence layouts, Optional<int[]> labels, BundleParams params) {
    if (layouts.steps() < 2) {
      throw new IllegalArgumentException("trails need at least 2 steps, got " + layouts.steps());
    }
    if (layouts.dimensions() != 2) {
      throw new IllegalArgumentException(
          "bundling takes layouts of 2 dimensions, got " + layouts.dimensions());
    }
    if (params.grouping() == Grouping.CLASS && labels.isEmpty()) {
      throw new IllegalArgumentException(
          "bundling by class needs labels, got none; give labels or bundle all trails together");
    }
    if (labels.isPresent()) {
      StraightTrails.checkLabels(labels.get(), layouts.observations());
    }
    long samples = (layouts.steps() - 1L) * params.perSegment(layouts.steps()) + 1;
    long values = 2 * samples * layouts.observations();
    if (values > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "bundled trails hold at most "
              + (Integer.MAX_VALUE - 8)
              + " coordinates, "
              + layouts.observations()
              + " trails of "
              + samples
              + " samples would be "
              + values
              + "; take fewer samples or observations");
    }
  }
}
