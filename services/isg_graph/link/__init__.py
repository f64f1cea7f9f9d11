"""From definitions and inferred bodies to the graph: nodes, edges, and what a change changed."""
