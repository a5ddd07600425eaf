// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/noticebar.h"

#include "ui/shell/announcing.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace Earshot {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(4, 4, 4, 4);
    m_column->setSpacing(2);
    hide();
}

void NoticeBar::show(const QList<NoticeRecord> &notices, bool mayRemove)
{
    if (notices == m_notices && mayRemove == m_mayRemove)
        return;
    m_notices = notices;
    m_mayRemove = mayRemove;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_text.clear();
    for (const NoticeRecord &notice : notices)
        addLine(notice, mayRemove);
    setAccessibleName(tr("Pinned: %1").arg(m_text));
    setVisible(!notices.isEmpty());
    if (!notices.isEmpty())
        announce(this, accessibleName());
}

void NoticeBar::addLine(const NoticeRecord &notice, bool mayRemove)
{
    const QString text = tr("%1 (%2, until %3)", "a notice, who pinned it and until when")
                             .arg(Wording::isolated(notice.pinned.text), Wording::isolated(notice.byName),
                                  Wording::clockTime(notice.pinned.until));
    m_text += m_text.isEmpty() ? text : QLatin1Char('\n') + text;
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    // The sign's place. Not a margin: those are not mirrored.
    row->addSpacing(24);
    auto *label = new PlainLabel(text, line);
    label->setWrapping(true);
    row->addWidget(label, 1, Qt::AlignVCenter);
    if (mayRemove) {
        auto *off = new QToolButton(line);
        off->setObjectName(QStringLiteral("noticeOff"));
        off->setIcon(Icons::icon(QStringLiteral("close")));
        off->setAutoRaise(true);
        off->setToolTip(tr("Take this notice off for everybody"));
        off->setAccessibleName(tr("Take this notice off for everybody"));
        connect(off, &QToolButton::clicked, this, [this, notice] { Q_EMIT removeAsked(notice); });
        row->addWidget(off);
    }
    m_column->addWidget(line);
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    painter.setPen(Appearance::line(palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 26 : 10;
    Icons::paint(&painter, QRect(x, 8, 16, 16), QStringLiteral("pin"), Appearance::warning(palette()));
}

} // namespace Earshot
