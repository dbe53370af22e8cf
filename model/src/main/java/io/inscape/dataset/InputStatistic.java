package io.inscape.dataset;

/// A figure of each observation by itself, before any network: something to colour a view by.
///
/// @param name as requests name it, such as `meanLuminance`
/// @param title as a person reads it
/// @param text what it is, in one sentence
/// @param unit of its values; empty for none
public record InputStatistic(String name, String title, String text, String unit) {}
