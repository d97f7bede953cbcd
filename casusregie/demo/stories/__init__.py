"""The families of the demo as plain data."""

from casusregie.demo.stories.garage import GARAGE
from casusregie.demo.stories.model import Story
from casusregie.demo.stories.others import OTHERS
from casusregie.demo.stories.separation import SEPARATION

STORIES: tuple[Story, ...] = (GARAGE, SEPARATION, *OTHERS)

__all__ = ["GARAGE", "OTHERS", "SEPARATION", "STORIES", "Story"]
