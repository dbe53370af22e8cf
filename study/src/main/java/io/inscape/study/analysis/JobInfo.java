package io.inscape.study.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job as it is at one moment.
///
/// @param id of the job
/// @param kind of the analysis
/// @param digest of the result that it has or will have
/// @param source what it looks at
/// @param method within the kind
/// @param parameters of the method
/// @param state where it stands
/// @param stage what it is doing
/// @param fraction of the stage, in [0, 1]
/// @param iteration done
/// @param iterations in all; 0 before they are known, and where there are none
/// @param energy what the method minimises, when last computed; null where it minimises nothing
/// @param energyHistory energies so far, at most a few hundred
/// @param details what the method chose or found so far
/// @param revision of the newest layout; 0 before the first
/// @param error why it failed; null unless it did
/// @param seconds it has computed
public record JobInfo(
    String id,
    String kind,
    String digest,
    Map<String, Object> source,
    String method,
    Map<String, Object> parameters,
    JobState state,
    String stage,
    double fraction,
    int iteration,
    int iterations,
    @Nullable Double energy,
    List<EnergyHistory.Point> energyHistory,
    Map<String, Object> details,
    long revision,
    @Nullable String error,
    double seconds) {}
