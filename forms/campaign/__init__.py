"""A campaign: before an open enrolment, a prefilled bulletin for every agent of a list, by all cores or a cluster."""
