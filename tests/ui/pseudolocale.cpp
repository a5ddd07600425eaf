// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/pseudolocale.h"

#include <QAbstractButton>
#include <QHash>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

namespace Earshot {

namespace {

QString nameOf(const QWidget &widget)
{
    QString name = QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName();
    for (const QWidget *above = widget.parentWidget(); above; above = above->parentWidget()) {
        if (!above->objectName().isEmpty())
            return name + QStringLiteral(" in ") + above->objectName();
    }
    return name;
}

QString text(QSize size)
{
    return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height());
}

/// Whether a widget has less room than what it says.
bool isClipped(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->text().isEmpty())
            return false;
        return label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 1
                                 : label->sizeHint().width() > label->width() + 1;
    }
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    const auto *tool = qobject_cast<const QToolButton *>(&widget);
    if (!button || button->text().isEmpty() || (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly))
        return false;
    return button->sizeHint().width() > button->width() + 1 || button->sizeHint().height() > button->height() + 1;
}

/// What is reached by scrolling: the page of a scrolled area around it, else the window.
const QWidget &groundOf(const QWidget &widget, const QWidget &window)
{
    for (const QWidget *above = widget.parentWidget(); above && above != &window; above = above->parentWidget()) {
        const auto *area = qobject_cast<const QScrollArea *>(above);
        if (area && area->widget() && area->widget()->isAncestorOf(&widget))
            return *area->widget();
    }
    return window;
}

/// A list that lays out its own page scrolls it up and down.
bool isScrolled(const QWidget &widget)
{
    const QWidget *above = widget.parentWidget();
    while (above && !qobject_cast<const QAbstractScrollArea *>(above))
        above = above->parentWidget();
    const auto *area = qobject_cast<const QAbstractScrollArea *>(above);
    return area && !qobject_cast<const QScrollArea *>(above) && area->verticalScrollBar()->maximum() > 0;
}

bool isOutside(const QWidget &widget, const QWidget &window)
{
    if (isScrolled(widget))
        return false;
    const QWidget &ground = groundOf(widget, window);
    return qobject_cast<const QAbstractButton *>(&widget) && !widget.parentWidget()->inherits("QScrollArea") &&
           !ground.rect().contains(QRect(widget.mapTo(&ground, QPoint()), widget.size()).adjusted(1, 1, -1, -1));
}

} // namespace

QString PseudoLocale::translate(const char *context, const char *source, const char *, int count) const
{
    if (!QByteArray(context).startsWith("Earshot::"))
        return {};
    QString text = QString::fromUtf8(source);
    static const QHash<QChar, QChar> accents{{u'a', u'á'}, {u'e', u'é'}, {u'o', u'ö'}, {u'u', u'ü'}, {u'i', u'í'}};
    for (QChar &letter : text)
        letter = accents.value(letter, letter);
    // A place keeps its name: %Ln, %1.
    if (count >= 0)
        text.replace(QStringLiteral("%Ln"), QLocale().toString(count));
    return QLatin1Char('[') + text + QString(text.size() * 2 / 5 + 1, QLatin1Char('~')) + QLatin1Char(']');
}

QStringList clippedIn(const QWidget &window)
{
    QStringList clipped;
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (isClipped(*widget))
            clipped.append(
                QStringLiteral("%1: %2 of %3").arg(nameOf(*widget), text(widget->size()), text(widget->sizeHint())));
        if (isOutside(*widget, window))
            clipped.append(nameOf(*widget) + QStringLiteral(" is outside"));
    }
    return clipped;
}

} // namespace Earshot
