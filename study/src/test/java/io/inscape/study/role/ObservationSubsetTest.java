package io.inscape.study.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ObservationSubsetTest {
  private static String bits(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    return Base64.getEncoder().encodeToString(raw);
  }

  @Test
  void rowsAndBitsNameTheSame() {
    assertThat(ObservationSubset.ofRows(List.of(9, 0, 3), 10).rows()).containsExactly(0, 3, 9);
    assertThat(ObservationSubset.ofBits(bits(0b1001, 0b10), 10).rows()).containsExactly(0, 3, 9);
    assertThat(ObservationSubset.ofRows(List.of(1), 3).others(3).rows()).containsExactly(0, 2);
  }

  @Test
  void refusesWhatIsNoSubset() {
    refuses(
        () -> ObservationSubset.ofRows(List.of(), 10),
        "a subset needs at least 1 of the 10 observations, got none");
    refuses(
        () -> ObservationSubset.ofBits(bits(0, 0), 10),
        "a subset needs at least 1 of the 10 observations, got none");
    refuses(
        () -> ObservationSubset.ofRows(List.of(10), 10),
        "rows of a subset must be in [0, 10), got 10");
    refuses(
        () -> ObservationSubset.ofRows(List.of(-1), 10),
        "rows of a subset must be in [0, 10), got -1");
    refuses(
        () -> ObservationSubset.ofBits(bits(0, 0b100), 10),
        "rows of a subset must be in [0, 10), got the bit of row 10");
    refuses(
        () -> ObservationSubset.ofRows(List.of(3, 3), 10),
        "each row of a subset is named once, got twice 3");
    refuses(
        () -> ObservationSubset.ofBits(bits(1), 10),
        "bits of a subset of 10 observations take 2 bytes, got 1");
    refuses(
        () -> ObservationSubset.ofBits("??", 10),
        "bits of a subset must be base64, got ??: Illegal base64 character 3f");
    refuses(
        () -> ObservationSubset.ofRows(List.of(0, 1), 2).others(2),
        "a subset of all 2 observations has no others to be compared with; name a second one");
  }

  private static void refuses(ThrowingCallable ask, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(ask).withMessage(sentence);
  }
}
