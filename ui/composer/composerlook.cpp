// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "model/textcount.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/modelook.h"
#include "ui/composer/notecompletion.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QButtonGroup>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace Earshot {

// What the composer shows: mode, readers, what is answered, the count.

namespace {

constexpr int frameLine = 2;
constexpr int barWidth = 5;

} // namespace

QString Composer::channelName() const
{
    const ChannelRecord &channel = m_subject.channel;
    return channel.accountHandle.isEmpty() ? channel.name : channel.accountHandle;
}

void Composer::showMode()
{
    const bool isNote = m_mode == Mode::note;
    const Capabilities &can = m_subject.channel.capabilities;
    m_modes->button(static_cast<int>(*m_mode))->setChecked(true);
    setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setPlaceholderText(isNote ? tr("Only your team sees this. @ mentions a colleague.") : QString());
    m_warning->setVisible(!isNote && can.hasContentWarning);
    m_attach->setVisible(!isNote && can.maxMedia > 0);
    m_edit->setTakesMedia(!isNote && can.maxMedia > 0);
    m_completion->setActive(isNote);
    m_hint->setText(isNote ? tr("Ctrl+Enter saves · Esc closes") : tr("Ctrl+Enter sends, with Shift resolves too"));
    QPalette colors = palette();
    colors.setColor(QPalette::Base, isNote ? ModeLook::tint(Mode::note, palette()) : palette().color(QPalette::Base));
    m_edit->setPalette(colors);
    showSendButton();
    showTarget();
    showCount();
    update();
}

void Composer::showSendButton()
{
    QString text;
    if (m_mode == Mode::note)
        text = tr("Save note");
    else if (m_mode == Mode::privateReply)
        text = tr("Send privately to %1").arg(Wording::isolated(m_subject.conversation.contactName));
    else
        text = tr("Publish as %1").arg(Wording::isolated(channelName()));
    if (m_isSending)
        text = m_mode == Mode::note ? tr("Saving…") : tr("Handing over…");
    // A mnemonic is ours to give, not a stranger's name's.
    const QString shown = m_send->fontMetrics().elidedText(text, Qt::ElideRight, 320);
    m_send->setText(QString(shown).replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_send->setAccessibleName(text);
    m_send->setIcon(Icons::icon(ModeLook::icon(*m_mode)));
    m_send->setEnabled(!m_isSending);
}

void Composer::showTarget()
{
    m_target.reset();
    if (const auto found = m_targets.constFind(draft().target); found != m_targets.cend())
        m_target = *found;
    if (m_mode == Mode::note || !m_target) {
        m_context->setText(tr("Stays in the workspace"));
        m_quote->hide();
        return;
    }
    QStringList handles = {m_target->authorHandle.isEmpty() ? m_target->authorName : m_target->authorHandle};
    if (m_mode == Mode::reply)
        handles.append(m_target->mentions);
    for (QString &handle : handles)
        handle = Wording::isolated(handle);
    QString text = m_mode == Mode::reply
                       ? tr("Everybody can read this. Notified: %1").arg(handles.join(QStringLiteral(", ")))
                       : tr("Only %1 can read this.").arg(handles.join(QStringLiteral(", ")));
    if (m_subject.channel.isPaused())
        text = tr("Sending is stopped here (%1): the reply will wait.")
                   .arg(Wording::isolated(m_subject.channel.pauseReason));
    m_context->setText(text);
    const QString excerpt =
        m_target->contentWarning.isEmpty() ? m_target->text.simplified().left(200) : m_target->contentWarning;
    m_quote->setText(tr("Answers %1, %2: %3")
                         .arg(Wording::isolated(m_target->authorName), Wording::clockTime(m_target->sortAt),
                              Wording::isolated(excerpt)));
    m_quote->show();
}

void Composer::showCount()
{
    if (!m_mode)
        return;
    const bool isNote = m_mode == Mode::note;
    const TextCount count =
        countText(m_edit->toPlainText(), isNote ? QString() : draft().contentWarning, m_subject.channel.capabilities);
    const bool hasLimit = !isNote && count.limit > 0;
    m_counter->setVisible(hasLimit);
    m_edit->markFrom(hasLimit && count.isTooLong() ? count.cutAt : -1);
    if (!hasLimit)
        return;
    m_counter->setText(count.isTooLong() ? tr("%n too many", nullptr, count.used - count.limit)
                                         : tr("%n left", nullptr, count.limit - count.used));
    m_counter->setBold(count.isTooLong());
    m_counter->updateGeometry();
}

void Composer::paintEvent(QPaintEvent *)
{
    if (!m_mode)
        return;
    QPainter painter(this);
    const QColor color = ModeLook::color(*m_mode, palette());
    painter.fillRect(rect(), ModeLook::tint(*m_mode, palette()));
    painter.setPen(QPen(color, frameLine, *m_mode == Mode::note ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(QRect(isRtl ? width() - barWidth : 0, 0, barWidth, height()), color);
}

void Composer::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_mode)
        showMode();
}

} // namespace Earshot
