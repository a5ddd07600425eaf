// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/bulkbar.h"

#include "ui/inbox/conversationactions.h"
#include "ui/shell/announcing.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/wraplayout.h"

#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace Earshot {

namespace {

/// Who marks row after row hears how many there are when done.
constexpr auto markedAtOnce = std::chrono::milliseconds(400);

QStringList deeds()
{
    const QString line;
    return ConversationActions::handlingIds() +
           QStringList{QStringLiteral("conversation.unseen"), line, QStringLiteral("round.start"), line} +
           ConversationActions::endingIds();
}

} // namespace

BulkBar::BulkBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_deeds(new QPushButton(tr("With these"), this))
    , m_menu(new QMenu(m_deeds))
    , m_clear(new QPushButton(tr("Unmark"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(QStringLiteral("bulkBar"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("bulkText"));
    m_clear->setObjectName(QStringLiteral("bulkClear"));
    m_stop->setObjectName(QStringLiteral("bulkStop"));
    m_deeds->setObjectName(QStringLiteral("bulkDeeds"));
    m_deeds->setMenu(m_menu);
    auto *row = new WrapLayout(this);
    row->setContentsMargins(14, 6, 8, 6);
    row->addStretching(m_text);
    row->addWidget(m_deeds);
    row->addWidget(m_stop);
    row->addWidget(m_clear);
    // A click leaves the keyboard with the list.
    for (QPushButton *button : {m_deeds, m_clear, m_stop})
        button->setFocusPolicy(Qt::TabFocus);
    connect(m_clear, &QPushButton::clicked, this, &BulkBar::clearAsked);
    connect(m_stop, &QPushButton::clicked, this, &BulkBar::stopAsked);
    m_soonSaid.setSingleShot(true);
    m_soonSaid.setInterval(markedAtOnce);
    connect(&m_soonSaid, &QTimer::timeout, this,
            [this] { announce(this, m_marked > 0 ? markedText() : tr("Nothing is marked")); });
    showParts();
}

void BulkBar::setCommands(CommandRegistry &commands)
{
    m_commands = &commands;
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        m_menu->clear();
        m_commands->refresh();
        m_commands->fill(*m_menu, deeds());
    });
}

void BulkBar::showMarked(int count, bool isRestUnmarked, std::optional<qint64> total)
{
    if (count != m_marked)
        m_soonSaid.start();
    m_marked = count;
    m_isRestUnmarked = isRestUnmarked;
    m_total = total;
    showParts();
}

void BulkBar::showProgress(int done, int total, bool isBeside)
{
    m_progress = tr("%1 of %2 done", "progress of a deed on many conversations")
                     .arg(QLocale().toString(done), QLocale().toString(total));
    m_isBeside = isBeside;
    showParts();
}

void BulkBar::endProgress()
{
    m_progress.clear();
    showParts();
}

QString BulkBar::markedText() const
{
    // A list that is as long as one is read at all may end there.
    if (!m_isRestUnmarked || m_total == m_marked)
        return tr("%Ln conversation(s) marked", nullptr, m_marked);
    if (m_total.value_or(0) <= m_marked)
        return tr("%Ln marked, more are not marked at once", nullptr, m_marked);
    return tr("%Ln of %1 marked, more are not marked at once", nullptr, m_marked).arg(QLocale().toString(*m_total));
}

void BulkBar::showParts()
{
    const bool isBusy = !m_progress.isEmpty();
    const bool isMarked = m_marked > 0 && (!isBusy || m_isBeside);
    QStringList parts;
    if (isBusy)
        parts.append(m_progress);
    if (isMarked)
        parts.append(markedText());
    m_text->setText(parts.join(QStringLiteral(" · ")));
    const QStringList all = deeds();
    m_deeds->setVisible(isMarked && m_commands && std::any_of(all.cbegin(), all.cend(), [this](const QString &id) {
                            return m_commands->isOffered(id);
                        }));
    m_stop->setVisible(isBusy);
    m_clear->setVisible(isMarked);
    setVisible(isBusy || isMarked);
}

} // namespace Earshot
