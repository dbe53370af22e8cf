package io.inscape.evolution.dtsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CouplingTest {
  private static Coupling filled(int steps, int points, double weight, long seed) {
    RandomGenerator random = Rng.of(seed, "coupling");
    Coupling coupling = new Coupling(steps, points, weight);
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < points; i++) {
        coupling.wanted(step)[i] = 10 * random.nextGaussian();
        coupling.readiness(step)[i] = Math.exp(3 * random.nextGaussian());
      }
    }
    return coupling;
  }

  private static double[][] wishes(Coupling coupling, int steps) {
    double[][] z = new double[steps][];
    for (int step = 0; step < steps; step++) {
      z[step] = coupling.wanted(step).clone();
    }
    return z;
  }

  @Test
  void agreesWithTwoStepsWorkedByHand() {
    // x0 + 2 (x0 - x1) = 0 and x1 + 4 (x1 - x0) = 7: x0 = 2, x1 = 3.
    Coupling coupling = new Coupling(2, 1, 2);
    coupling.wanted(1)[0] = 7;
    coupling.readiness(0)[0] = 1;
    coupling.readiness(1)[0] = 2;
    coupling.solve(1);
    assertThat(coupling.wanted(0)[0]).isCloseTo(2, within(1e-12));
    assertThat(coupling.wanted(1)[0]).isCloseTo(3, within(1e-12));
  }

  @Test
  void theSolutionSolvesTheEquationsForAnyWeight() {
    for (double weight : new double[] {0, 1e-6, .1, 10, 1e6}) {
      for (int steps : new int[] {2, 3, 9}) {
        Coupling coupling = filled(steps, 5, weight, steps);
        double[][] z = wishes(coupling, steps);
        coupling.solve(5);
        for (int i = 0; i < 5; i++) {
          for (int step = 0; step < steps; step++) {
            double here = coupling.wanted(step)[i];
            double apart = step == 0 ? 0 : here - coupling.wanted(step - 1)[i];
            apart += step == steps - 1 ? 0 : here - coupling.wanted(step + 1)[i];
            double stiffness = weight * coupling.readiness(step)[i];
            assertThat(here + stiffness * apart)
                .isCloseTo(z[step][i] - coupling.origin()[i], within(1e-12 * (100 + stiffness)));
          }
        }
      }
    }
  }

  @Test
  void withoutBoundAllStepsAreTheMeanOfWhatTheyWantByReadiness() {
    Coupling coupling = filled(6, 4, 1e15, 1);
    double[][] z = wishes(coupling, 6);
    coupling.solve(4);
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      double weights = 0;
      for (int step = 0; step < 6; step++) {
        sum += z[step][i] / coupling.readiness(step)[i];
        weights += 1 / coupling.readiness(step)[i];
      }
      for (int step = 0; step < 6; step++) {
        assertThat(coupling.origin()[i] + coupling.wanted(step)[i])
            .isCloseTo(sum / weights, within(1e-9));
      }
    }
  }

  @Test
  void equalWishesAreGrantedToTheLastBitWhateverTheReadiness() {
    Coupling coupling = filled(5, 3, 7, 1);
    for (int step = 1; step < 5; step++) {
      System.arraycopy(coupling.wanted(0), 0, coupling.wanted(step), 0, 3);
    }
    coupling.solve(3);
    for (int step = 0; step < 5; step++) {
      assertThat(coupling.wanted(step)).containsOnly(0);
    }
  }
}
