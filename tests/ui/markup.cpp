// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/markup.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QMessageBox>
#include <QTextDocument>

namespace Earshot {

namespace {

bool isMarkup(const QString &text)
{
    return text.contains(QLatin1StringView("<img")) && Qt::mightBeRichText(text);
}

/// Everything by which a widget of Qt's turns text into markup by itself.
bool isHarmless(const QWidget &widget)
{
    const auto *label = qobject_cast<const QLabel *>(&widget);
    const auto *box = qobject_cast<const QMessageBox *>(&widget);
    if (isMarkup(widget.toolTip()) || isMarkup(widget.whatsThis()))
        return false;
    if (label && label->textFormat() != Qt::PlainText && isMarkup(label->text()))
        return false;
    if (box && box->textFormat() != Qt::PlainText && (isMarkup(box->text()) || isMarkup(box->informativeText())))
        return false;
    if (const auto *view = qobject_cast<const QAbstractItemView *>(&widget); view && view->model()) {
        const int rows = std::min(view->model()->rowCount(), 300);
        for (int row = 0; row < rows; ++row) {
            if (isMarkup(view->model()->index(row, 0).data(Qt::ToolTipRole).toString()))
                return false;
        }
    }
    return true;
}

} // namespace

QString hostileName()
{
    return QStringLiteral("<img src='file:///nowhere/a.png'><b>Mallory</b> &amp; &Co");
}

QStringList markupIn(const QWidget &window)
{
    QList<const QWidget *> all{&window};
    for (const QWidget *widget : window.findChildren<QWidget *>())
        all.append(widget);
    QStringList taken;
    for (const QWidget *widget : std::as_const(all)) {
        if (!isHarmless(*widget))
            taken.append(widget->objectName() + QLatin1Char(' ') +
                         QLatin1StringView(widget->metaObject()->className()));
    }
    return taken;
}

} // namespace Earshot
