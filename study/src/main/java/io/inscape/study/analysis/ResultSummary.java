package io.inscape.study.analysis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A kept result in a list.
///
/// @param digest of the result
/// @param kind of the analysis
/// @param source what it looked at
/// @param method within the kind
/// @param parameters of the method
/// @param quality of the layout; null for a kind that has no single layout
public record ResultSummary(
    String digest,
    String kind,
    Map<String, Object> source,
    String method,
    Map<String, Object> parameters,
    @Nullable Quality quality) {}
