package io.inscape.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MembershipCurveTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1.93281, .79049",
    ".01, 1.89561, .80064",
    ".05, 1.75022, .84206",
    ".1, 1.57694, .89506",
    ".25, 1.12144, 1.05750",
    ".5, .58303, 1.33417"
  })
  void fitsTheKnownCurves(double minDist, double a, double b) {
    MembershipCurve curve = MembershipCurve.fit(minDist, 1);
    assertThat(curve.a()).isCloseTo(a, within(6e-6));
    assertThat(curve.b()).isCloseTo(b, within(6e-6));
  }

  @Test
  void scalesWithTheSpread() {
    MembershipCurve unit = MembershipCurve.fit(.1, 1);
    MembershipCurve wide = MembershipCurve.fit(.5, 5);
    assertThat(wide.b()).isCloseTo(unit.b(), within(1e-9));
    for (double x : new double[] {.1, 1, 3}) {
      assertThat(wide.a() * Math.pow(5 * x, 2 * wide.b()))
          .isCloseTo(unit.a() * Math.pow(x, 2 * unit.b()), within(1e-9));
    }
    assertThat(MembershipCurve.fit(1, 1).b()).isGreaterThan(1).isFinite();
  }
}
