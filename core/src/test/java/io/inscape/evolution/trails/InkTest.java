package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class InkTest {
  @AutoClose private final Workers workers = Workers.of(2);

  @Test
  void bundlingByClassSavesInkAndKeepsTheClassesReadable() {
    for (long seed = 1; seed <= 2; seed++) {
      Fan fan = Fan.of(2_000, 20, seed);
      Ink ink = compare(fan, BundleParams.defaults(), .8);
      assertThat(ink.resolution()).isEqualTo(1000);
      assertThat(ink.fall()).isGreaterThan(.4);
      assertThat(ink.classRight().orElseThrow()).isGreaterThan(.95);
    }
  }

  @Test
  void bundlingAllTogetherMixesTheClasses() {
    Fan fan = Fan.of(500, 4, 3);
    int[] scattered = new int[500];
    for (int i = 0; i < 500; i++) {
      scattered[i] = i / 10 % 10; // classes that share their ways
    }
    Fan mixed = new Fan(fan.layouts(), scattered);
    Ink apart = compare(mixed, BundleParams.defaults(), 1);
    Ink together = compare(mixed, BundleParams.defaults().withGrouping(Grouping.ALL), 1);
    assertThat(together.classRight().orElseThrow())
        .isLessThan(apart.classRight().orElseThrow() - .2);
  }

  @Test
  void atStrengthZeroNothingChanges() {
    Ink ink = compare(Fan.of(300, 4, 1), BundleParams.defaults(), 0);
    assertThat(ink.bundled()).isEqualTo(ink.straight());
    assertThat(ink.fall()).isZero();
    assertThat(ink.classRight()).hasValue(1);
  }

  @Test
  void twoCrossingLinesCoverWhatTheyShould() {
    // (0, 5) to (10, 5) and (5, 0) to (5, 10), which share the pixel in the middle
    LayoutSequence layouts = LayoutSequence.of(2, 2, 2, new float[] {0, 5, 5, 0, 10, 5, 5, 10});
    Bundles bundles = bundle(layouts, BundleParams.defaults().withIterations(0));
    Ink ink = Ink.compare(bundles, 1, Optional.empty(), 20);
    assertThat(ink.straight()).isEqualTo(21 + 21 - 1);
    assertThat(ink.classRight()).isEmpty();
  }

  @Test
  void theClassWithTheMostInkIsRead() {
    // three trails along one line: two of class 7, one of class 2, and one of class 2 alone
    float[] values = {0, 0, 0, 0, 0, 0, 0, 10, 10, 0, 10, 0, 10, 0, 10, 10};
    LayoutSequence layouts = LayoutSequence.of(2, 4, 2, values);
    Bundles bundles = bundle(layouts, BundleParams.defaults().withIterations(0).withSamples(2));
    Groups groups = Groups.of(new int[] {7, 7, 2, 2});
    Frame frame = Frame.of(layouts, 20, 1);
    Picture picture = new Picture(bundles.straight(), 2, groups, frame);
    assertThat(picture.groupAt(5, 0)).isEqualTo(1);
    assertThat(picture.groupAt(5, 10)).isEqualTo(0);
    assertThat(picture.groupAt(5, 5)).isEqualTo(-1);
    assertThat(picture.covered()).isEqualTo(42);
  }

  @Test
  void aMeanderingTrailLeavesNoHoles() {
    LayoutSequence layouts = LayoutSequence.of(3, 1, 2, new float[] {0, 0, 100, 37, 0, 50});
    Bundles bundles = bundle(layouts, BundleParams.defaults().withIterations(0).withSamples(3));
    Frame frame = Frame.of(layouts, 100, 1);
    Picture picture = new Picture(bundles.straight(), 3, Groups.one(1), frame);
    for (int x = 0; x <= 100; x++) {
      float y = .37f * x;
      int row = x;
      assertThat(java.util.List.of(-1, 0, 1))
          .anySatisfy(off -> assertThat(picture.groupAt(row, y + off)).isZero());
    }
    assertThat(picture.covered()).isBetween(101 + 95, 101 + 101 + 38 + 14);
  }

  @Test
  void refusesAPictureOfNoSize() {
    Bundles bundles = bundle(Fan.of(5, 2, 1).layouts(), BundleParams.defaults().withIterations(0));
    assertThatThrownBy(() -> Ink.compare(bundles, 1, Optional.empty(), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the picture needs from 16 to 8192 pixels along its longer side, got 8");
    assertThat(Ink.compare(bundles, 1, Optional.empty(), 16).fall()).isCloseTo(0, within(0.));
  }

  private Bundles bundle(LayoutSequence layouts, BundleParams params) {
    return Bundling.bundle(
        layouts, Optional.empty(), params.withGrouping(Grouping.ALL), workers, Progress.none());
  }

  private Ink compare(Fan fan, BundleParams params, double strength) {
    Optional<int[]> labels = Optional.of(fan.labels());
    Bundles bundles = Bundling.bundle(fan.layouts(), labels, params, workers, Progress.none());
    return Ink.compare(bundles, strength, labels, Ink.RESOLUTION);
  }
}
