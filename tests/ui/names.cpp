// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/names.h"

#include <QAccessible>
#include <QWidget>

#include <algorithm>

namespace Earshot {

namespace {

/// Of a list that holds more, these are enough to tell how its rows are named.
constexpr int mostChildren = 300;

QString placeOf(const QAccessibleInterface &about)
{
    QStringList place;
    for (const QAccessibleInterface *one = &about; one; one = one->parent()) {
        const QObject *object = one->object();
        if (!object)
            continue;
        const QString name = object->objectName();
        if (place.isEmpty() || !name.isEmpty())
            place.append(QString::fromLatin1(object->metaObject()->className()) + u' ' + name);
        if (place.size() == 3)
            break;
    }
    return place.join(QStringLiteral(" in "));
}

/// What somebody does something with. Cells of a table may be empty.
bool isForHands(const QAccessibleInterface &about)
{
    switch (about.role()) {
    case QAccessible::Dialog:
    case QAccessible::AlertMessage:
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::Link:
    case QAccessible::PageTab:
    case QAccessible::List:
    case QAccessible::ListItem:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::TreeItem:
    case QAccessible::MenuItem:
        return true;
    case QAccessible::Cell:
        return false;
    default:
        return about.state().focusable;
    }
}

/// What a screen reader would call "unknown", or "panel": it does not say what can be done there.
bool saysNothing(QAccessible::Role role)
{
    return role == QAccessible::NoRole || role == QAccessible::Client || role == QAccessible::Pane ||
           role == QAccessible::Window;
}

void look(const QAccessibleInterface &about, QStringList &wrong)
{
    const QString place = placeOf(about);
    const bool isWindow =
        about.object() && about.object()->isWidgetType() && static_cast<const QWidget *>(about.object())->isWindow();
    const QString name = about.text(QAccessible::Name);
    if (isForHands(about)) {
        if (name.trimmed().isEmpty())
            wrong.append(QStringLiteral("no name: %1, role %2").arg(place).arg(int(about.role()), 0, 16));
        if (!isWindow && about.state().focusable && saysNothing(about.role()))
            wrong.append(QStringLiteral("no role: %1 “%2”").arg(place, name));
    }
    for (const QString &said : {name, about.text(QAccessible::Description)}) {
        if (said.contains(QStringLiteral("<qt>")) || said.contains(QStringLiteral("</")))
            wrong.append(QStringLiteral("speaks markup: %1 “%2”").arg(place, said));
    }
    const int children = std::min(about.childCount(), mostChildren);
    for (int i = 0; i < children; ++i) {
        const QAccessibleInterface *child = about.child(i);
        const QObject *object = child ? child->object() : nullptr;
        // A dialog is a child of its parent's, too.
        const bool isWindowToo = object && object->isWidgetType() && static_cast<const QWidget *>(object)->isWindow();
        if (child && child->isValid() && !isWindowToo && !child->state().invisible)
            look(*child, wrong);
    }
}

} // namespace

QStringList namelessIn(QWidget &window)
{
    QStringList wrong;
    if (const QAccessibleInterface *top = QAccessible::queryAccessibleInterface(&window))
        look(*top, wrong);
    wrong.removeDuplicates();
    return wrong;
}

} // namespace Earshot
