"""Classes by published schemes, checklists, roll-ups, containment, local types."""
