// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/misplaced.h"

#include <QLabel>
#include <QLayout>
#include <QScreen>
#include <QSizeGrip>

namespace Earshot {

namespace {

constexpr int lowest = 300;

QString nameOf(const QWidget &widget)
{
    QString name = QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget); label && widget.objectName().isEmpty())
        name += QStringLiteral("“%1”").arg(label->text());
    return name;
}

/// What a layout has given its place. Of what is stacked one is visible.
QList<const QWidget *> laidOutIn(const QWidget &parent)
{
    QList<const QWidget *> all;
    if (!parent.layout())
        return all;
    for (const QObject *child : parent.children()) {
        const auto *widget = qobject_cast<const QWidget *>(child);
        if (widget && widget->isVisible() && !widget->isWindow() && !qobject_cast<const QSizeGrip *>(widget) &&
            !widget->geometry().isEmpty())
            all.append(widget);
    }
    return all;
}

void findOverlaps(const QWidget &parent, QStringList &found)
{
    const QList<const QWidget *> all = laidOutIn(parent);
    for (qsizetype i = 0; i < all.size(); ++i) {
        for (qsizetype j = i + 1; j < all.size(); ++j) {
            const QRect shared = all.at(i)->geometry().intersected(all.at(j)->geometry());
            // Rounded, they may share a line.
            if (shared.width() > 2 && shared.height() > 2)
                found.append(nameOf(*all.at(i)) + QStringLiteral(" lies upon ") + nameOf(*all.at(j)));
        }
    }
}

void findUnreadable(const QLabel &label, const QWidget &window, QStringList &found)
{
    const QWidget *buddy = label.buddy();
    if (!buddy || !buddy->isVisible() || buddy->window() != &window)
        return;
    const QRect here(label.mapTo(&window, QPoint()), label.size());
    const QRect there(buddy->mapTo(&window, QPoint()), buddy->size());
    const bool isBeside = here.top() < there.bottom() && there.top() < here.bottom();
    const bool isMirrored = window.layoutDirection() == Qt::RightToLeft;
    if (isBeside && (isMirrored ? here.left() < there.right() - 1 : here.right() > there.left() + 1))
        found.append(nameOf(label) + QStringLiteral(" is not before ") + nameOf(*buddy));
}

} // namespace

QStringList misplacedIn(const QWidget &window)
{
    QStringList found;
    // The main window is made larger and smaller by who takes the pictures.
    const QSize room = window.screen()->availableSize();
    const bool isMain = window.objectName() == QStringLiteral("mainWindow");
    if (!isMain && (window.width() > room.width() || window.height() > room.height()))
        found.append(QStringLiteral("%1: %2 × %3 is beyond the screen")
                         .arg(nameOf(window), QString::number(window.width()), QString::number(window.height())));
    // With every bar that there is a list has no line left there.
    const bool hasLines = !isMain || window.height() > lowest;
    findOverlaps(window, found);
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (hasLines)
            findOverlaps(*widget, found);
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            findUnreadable(*label, window, found);
    }
    return found;
}

} // namespace Earshot
