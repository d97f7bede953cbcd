"""The desk of a case director, a file per part: what asks something today, who is out of sight, the whole."""

from casusregie.desks.selectors.today.desk import Today, today
from casusregie.desks.selectors.today.item import DeskItem
from casusregie.desks.selectors.today.promises import PromiseView, promises
from casusregie.desks.selectors.today.sight import SilentFamily, Tried

__all__ = ["DeskItem", "PromiseView", "SilentFamily", "Today", "Tried", "promises", "today"]
