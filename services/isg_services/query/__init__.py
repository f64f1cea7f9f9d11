"""The query actor: questions in, answers out, each from one snapshot."""
