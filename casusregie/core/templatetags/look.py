"""The components of the look as template tags. What they print is documented in templates/components/_gallery.html."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as lucide_svg

from casusregie.core import patterns

register = template.Library()

INTENSITIES = {"red": "red", "rood": "red", "orange": "orange", "oranje": "orange", "green": "green", "groen": "green"}
ALERT_ICONS = {
    "info": "info",
    "ok": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
    "danger": "octagon-alert",
}
BUTTON_CLASSES = {
    "primary": "utrecht-button--primary-action",
    "secondary": "utrecht-button--secondary-action",
    "subtle": "utrecht-button--subtle",
    "danger": "utrecht-button--danger",
}
TEXTBOX_SIZES = {"short": "utrecht-textbox--short", "medium": "utrecht-textbox--medium", "": ""}
TEXTAREA_SIZES = {"large": "utrecht-textarea--large", "small": "utrecht-textarea--small", "": ""}
# Django's level tags to our kinds of alert.
MESSAGE_KINDS = {"debug": "info", "info": "info", "success": "ok", "warning": "warning", "error": "error"}


# --- Icons -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _icon(name: str, css_class: str, label: str) -> SafeString:
    spoken = {"role": "img", "aria_label": escape(label)} if label else {"aria_hidden": "true"}
    return mark_safe(lucide_svg(name, size=20, **{"class": css_class, "focusable": "false"}, **spoken))  # noqa: S308


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """{% icon "phone" %} · size "small" or "large" · label only where no word stands beside it."""
    return _icon(str(name), f"cr-icon cr-icon--{size}" if size else "cr-icon", str(label))


# --- Long lists ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@register.simple_tag
def row(template_name: str, name: str, value: Any, by: str = "", **more: Any) -> SafeString:
    """{% row "network/_contact.html" "entry" entry by="icon kind" %}: an include that comes again and again, rendered
    once for each shape (`casusregie.core.patterns`); `by` names the words that the template decides on or changes.
    Further names stand beside the parts of the row."""
    whole = {**patterns.parts(value or {}), **more} if more else value or {}
    return patterns.fill(template_name, name, whole, _words(by))


@register.simple_tag
def rows(
    template_name: str,
    name: str,
    values: Iterable[Any],
    names: str = "",
    by: str = "",
    heading: str = "",
    **switches: bool,
) -> SafeString:
    """{% rows "desks/_case_row.html" "case" cells names="url ref name" %}: the same for a whole list. `names` names the
    parts of plain tuples; `heading` a text that stands above the first row that has it (switch `is_first`)."""
    beside = tuple(switches.items())
    listed: Iterable[tuple[patterns.Names, patterns.Values, patterns.Switches]]
    if names:
        words = _in_order(names)
        listed = ((words, value, beside) for value in values)
    elif heading:
        listed = _with_headings(values, attrgetter(heading), beside)
    else:
        listed = patterns.split(values, beside)
    return patterns.fill_all(template_name, name, listed, _words(by))


@lru_cache(maxsize=64)
def _in_order(text: str) -> patterns.Names:
    return tuple(text.split())


def _with_headings(
    values: Iterable[Any], heading_of: Callable[[Any], object], beside: patterns.Switches
) -> Iterator[tuple[patterns.Names, patterns.Values, patterns.Switches]]:
    before: object = None
    first, later = (*beside, ("is_first", True)), (*beside, ("is_first", False))
    for value in values:
        heading = heading_of(value)
        yield from patterns.split([value], later if heading == before else first)
        before = heading


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """{% fixed "frame/head.html" %}: an include that is the same for everybody, rendered once for each language."""
    return patterns.fixed(template_name)


# --- Marks -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _intensity(level: str, label: str, language: str | None) -> SafeString:
    return render_to_string("components/intensity.html", {"level": level, "label": label})


@register.simple_tag
def intensity(value: object, label: str = "") -> SafeString:
    """{% intensity case.intensity %} or {% intensity "red" "rood" %}: the word and its shape."""
    return _intensity(INTENSITIES.get(str(value or "").lower(), ""), str(label), get_language())


@register.inclusion_tag("components/badge.html")
def badge(text: str, kind: str = "", icon: str = "") -> dict[str, Any]:
    """{% badge "9 days late" kind="late" icon="clock" %}"""
    return {"text": text, "kind": kind, "icon": icon}


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """{% alert "warning" title="…" %}…{% endalert %}; role "alert" only for what appears after an action."""
    context = {"content": content, "kind": kind, "icon": ALERT_ICONS[kind], "title": title, "role": role}
    return render_to_string("components/alert.html", context)


@register.filter
def message_kind(message: Any) -> str:
    """The kind of alert of one Django message."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", icon: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """{% empty "Nothing is waiting for you" text="…" icon="sun" url=… action="…" %}"""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


# --- Buttons ---------------------------------------------------------------------------------------------------------


def _button_class(kind: str, extra: str) -> str:
    return " ".join(filter(None, ["utrecht-button", BUTTON_CLASSES[kind], extra]))


def _button_content(label: str, icon_name: str) -> SafeString:
    return format_html("{}{}", icon(icon_name), label) if icon_name else format_html("{}", label)


@register.simple_tag
def button(
    label: str, kind: str = "primary", icon: str = "", name: str = "", value: str = "", css: str = "", form: str = ""
) -> SafeString:
    """{% button "Save" %} · {% button "Withdraw" kind="danger" name="action" value="withdraw" %}"""
    attrs = [("name", name), ("value", value), ("form", form)]
    given = mark_safe("".join(format_html(' {}="{}"', key, text) for key, text in attrs if text))  # noqa: S308
    return format_html(
        '<button type="submit" class="{}"{}>{}</button>', _button_class(kind, css), given, _button_content(label, icon)
    )


@register.simple_tag
def link_button(label: str, url: str, kind: str = "secondary", icon: str = "", css: str = "") -> SafeString:
    """{% link_button "New case" url kind="primary" icon="plus" %}: a link that looks like a button."""
    return format_html('<a class="{}" href="{}">{}</a>', _button_class(kind, css), url, _button_content(label, icon))


@register.simple_tag
def csrf_input(token: str) -> SafeString:
    """{% csrf_input frame.csrf %}: what `csrf_token` prints, for a template that is a pattern and knows no request."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


# --- Forms -----------------------------------------------------------------------------------------------------------


def _layout_of(widget: forms.Widget, asked: str) -> str:
    if widget.is_hidden:
        return "hidden"
    if asked:
        return asked
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "chips"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.MultiWidget):
        return "group"
    return "control"


def _control_class(widget: forms.Widget, size: str) -> str:
    if isinstance(widget, forms.Textarea):
        return f"utrecht-textarea {TEXTAREA_SIZES.get(size, '')}"
    if isinstance(widget, forms.Select):
        return f"utrecht-select {'utrecht-select--medium' if size == 'medium' else ''}"
    if isinstance(widget, forms.FileInput):
        return "cr-file"
    if isinstance(widget, forms.CheckboxInput):
        return ""
    return f"utrecht-textbox {TEXTBOX_SIZES.get(size, '')} {_by_input_type(widget)}"


def _by_input_type(widget: forms.Widget) -> str:
    if isinstance(widget, forms.DateTimeInput) or getattr(widget, "input_type", "") == "datetime-local":
        return "utrecht-textbox--datetime"
    if isinstance(widget, forms.DateInput | forms.TimeInput) or getattr(widget, "input_type", "") in {"date", "time"}:
        return "utrecht-textbox--date"
    return ""


def _described_by(bound: BoundField, help_text: str) -> str:
    ids = [f"{bound.auto_id}_helptext"] if help_text else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return " ".join(ids)


def _limit(bound: BoundField) -> int | None:
    """How long a text may be: what the field refuses itself, or what its form does (`data-count`)."""
    limit: int | None = getattr(bound.field, "max_length", None) or bound.field.widget.attrs.get("data-count")
    return limit


def _control(bound: BoundField, help_text: str, size: str, attrs: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    css = " ".join(f"{widget.attrs.get('class', '')} {_control_class(widget, size)}".split())
    given = {**attrs, "class": css} if css else dict(attrs)
    if described := _described_by(bound, help_text):
        given["aria-describedby"] = described
    if bound.errors:
        given["aria-invalid"] = "true"
    limit = _limit(bound)
    if isinstance(widget, forms.Textarea) and limit:
        # Counted, not cut: text that is too long comes back with its limit named, and nothing of it lost.
        given |= {"data-cr-limit": str(limit), "maxlength": False}
    return bound.as_widget(attrs=given)


def _mark(bound: BoundField, mark: str) -> str:
    if mark == "required" and bound.field.required:
        return _("required")
    if mark == "optional" and not bound.field.required:
        return _("optional")
    return ""


# So few that "more" would hide them for nothing.
_FEW = 2


def _in_sight(options: list[BoundWidget], first: Iterable[str] | None) -> tuple[list[BoundWidget], list[BoundWidget]]:
    """The chips that stand in sight, and those behind "more"."""
    if first is None:
        return options, []
    order = {value: place for place, value in enumerate(first.split() if isinstance(first, str) else first)}
    value_of = {id(option): str(option.data["value"]) for option in options}
    shown = [option for option in options if value_of[id(option)] in order or option.data["selected"]]
    shown.sort(key=lambda option: order.get(value_of[id(option)], len(order)))
    more = [option for option in options if option not in shown]
    return (shown, more) if len(more) > _FEW else ([*shown, *more], [])


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str | None = None,
    help: str | None = None,
    size: str = "",
    layout: str = "",
    mark: str = "optional",
    hide_label: bool = False,
    first: Iterable[str] | None = None,
    **attrs: Any,
) -> dict[str, Any]:
    """{% field form.body size="large" %}: label, help, error and control of one form field.

    size: short, medium (inputs, selects); large, small (text areas). layout: chips (what radios and ticks are by
    default) or list. mark: optional, required or none. first: the values of the chips that stand in sight, in that
    order, what was chosen always with them; the others are behind "more". Further names become attributes (rows=8,
    autofocus=True, inputmode="numeric"; an underscore is written as a hyphen).
    """
    help_text = str(bound.help_text if help is None else help)
    shape = _layout_of(bound.field.widget, layout)
    grouped = shape in {"chips", "list"}
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    limit = _limit(bound)
    options, more = _in_sight(list(bound.subwidgets), first) if grouped else ([], [])
    return {
        "field": bound,
        "label": bound.label if label is None else label,
        "help_text": help_text,
        "layout": shape,
        "mark": _mark(bound, mark),
        "hide_label": hide_label,
        "described_by": _described_by(bound, help_text),
        "counted": limit if isinstance(bound.field.widget, forms.Textarea) else None,
        "control": "" if grouped else _control(bound, help_text, size, extra),
        "options": options,
        "more": more,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(*form_list: forms.BaseForm) -> dict[str, Any]:
    """{% form_errors form other_form %}: what went wrong, on top, with a link to each field."""
    bound_forms = [form for form in form_list if form and form.is_bound]
    return {
        "general": [error for form in bound_forms for error in form.non_field_errors()],
        "fields": [item for form in bound_forms for item in form if item.errors and not item.is_hidden],
        "hidden": [error for form in bound_forms for item in form.hidden_fields() for error in item.errors],
    }


# --- Lists -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def filter_chips(label: str, items: Iterable[Any]) -> SafeString:
    """{% filter_chips "Show" items %}: links drawn as chips; each has url, label, current, count (may be absent)."""
    return patterns.fill("components/filter_chips.html", "chips", {"label": label, "items": list(items)}, frozenset())


@register.simple_tag
def pagination(page: Mapping[str, str], label: str = "") -> SafeString:
    """{% pagination page %}: by key, with page.next_url, page.previous_url and page.first_url (each may be absent)."""
    return patterns.fill("components/pagination.html", "page", {**page, "label": label or _("Pages")}, frozenset())


@register.simple_tag
def sort_header(label: str, url: str = "", direction: str = "", num: bool = False) -> SafeString:
    """{% sort_header "Last contact" url=… direction="ascending" %}: a column head; sortable when it has a url."""
    row = {"label": label, "url": url, "direction": direction, "num": num}
    return patterns.fill("components/sort_header.html", "head", row, _words("direction"))


@register.inclusion_tag("components/data_list.html")
def data_list(pairs: Iterable[tuple[object, object]] | Mapping[object, object]) -> dict[str, Any]:
    """{% data_list pairs %}: (label, value) pairs; pairs without a value are left out."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {"pairs": [(key, value) for key, value in items if value not in (None, "")]}
