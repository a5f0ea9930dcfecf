"""The part of a brief on what places are good for, at which scope: functions against named peers."""
