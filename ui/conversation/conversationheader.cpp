// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversationheader.h"

#include "ui/conversation/sentences.h"
#include "ui/shell/aheadsigns.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace Earshot {

namespace {

constexpr int glyph = 16;

QToolButton *button(const QString &name, const QString &icon, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(name);
    made->setAutoRaise(true);
    if (!icon.isEmpty())
        made->setIcon(Icons::icon(icon));
    return made;
}

} // namespace

ConversationHeader::ConversationHeader(QWidget *parent)
    : QWidget(parent)
    , m_name(new PlainLabel(this))
    , m_handle(new PlainLabel(this))
    , m_number(new PlainLabel(this))
    , m_subject(new PlainLabel(this))
    , m_state(new PlainLabel(this))
    , m_ahead(new PlainLabel(this))
    , m_company(new PlainLabel(this))
    , m_original(button(QStringLiteral("headerOriginal"), QStringLiteral("copy"), this))
    , m_others(button(QStringLiteral("headerOthers"), {}, this))
    , m_pull(button(QStringLiteral("headerPull"), QStringLiteral("pull"), this))
    , m_page(button(QStringLiteral("headerPage"), QStringLiteral("external"), this))
{
    setObjectName(QStringLiteral("conversationHeader"));
    m_name->setObjectName(QStringLiteral("headerName"));
    m_state->setObjectName(QStringLiteral("headerState"));
    m_ahead->setObjectName(QStringLiteral("headerAhead"));
    m_ahead->setText(AheadSigns::words());
    m_ahead->hide();
    m_company->setObjectName(QStringLiteral("headerCompany"));
    m_company->hide();
    m_subject->setObjectName(QStringLiteral("headerSubject"));
    m_name->setBold(true);
    for (PlainLabel *label : {m_handle, m_number, m_state, m_ahead})
        label->setQuiet(true);
    m_pull->setAccessibleName(tr("Ask the network for news now"));
    m_pull->setToolTip(m_pull->accessibleName());
    m_page->setAccessibleName(tr("Open on the network"));
    m_page->setToolTip(m_page->accessibleName());
    auto *first = new QHBoxLayout;
    first->setContentsMargins(0, 0, 0, 0);
    first->setSpacing(8);
    // Not a margin: those are not mirrored.
    first->addSpacing(glyph + 8);
    first->addWidget(m_name);
    // Where there is not room for both, the name is what is read.
    m_handle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    first->addWidget(m_handle, 1);
    for (QWidget *widget : QList<QWidget *>{m_number, m_original, m_others, m_pull, m_page})
        first->addWidget(widget);
    m_number->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(3);
    column->addLayout(first);
    column->addWidget(m_subject);
    auto *last = new QHBoxLayout;
    last->setContentsMargins(0, 0, 0, 0);
    last->addWidget(m_state, 1);
    last->addWidget(m_ahead);
    last->addSpacing(glyph + 8);
    last->addWidget(m_company);
    column->addLayout(last);
    m_original->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_original, &QToolButton::clicked, this, [this] { Q_EMIT otherWanted(m_repeats); });
    connect(m_others, &QToolButton::clicked, this, &ConversationHeader::onOthers);
    connect(m_pull, &QToolButton::clicked, this, &ConversationHeader::pullWanted);
    connect(m_page, &QToolButton::clicked, this, [this] { Q_EMIT pageWanted(m_url); });
}

void ConversationHeader::show(const ConversationReading &reading, Time now, bool canAct)
{
    const ConversationRecord &row = reading.conversation;
    m_now = now;
    m_canAct = canAct;
    m_network = row.network;
    m_name->setText(row.contactName.isEmpty() ? row.contactHandle : row.contactName);
    m_handle->setText(row.contactHandle == row.contactName ? QString() : row.contactHandle);
    m_number->setText(QStringLiteral("#%1").arg(row.number));
    m_subject->setText(row.subject);
    m_subject->setVisible(!row.subject.isEmpty());
    QStringList words = {Sentences::status(row, now), row.assigneeName.isEmpty()
                                                          ? tr("unassigned")
                                                          : tr("%1 has this").arg(Wording::isolated(row.assigneeName))};
    if (row.priority != Priority::normal)
        words.append(Sentences::priority(row.priority));
    if (row.isPrivate)
        words.append(tr("private"));
    if (row.isImported)
        words.append(tr("from before the channel was connected"));
    for (const QString &tag : row.tags)
        words.append(Wording::isolated(tag));
    m_state->setText(words.join(QStringLiteral(" · ")));
    showOriginal(reading.original);
    showOtherOnes(reading);
    m_url = QUrl(row.threadUrl);
    for (const MessageRecord &message : reading.timeline.messages) {
        if (message.kind == MessageKind::inbound && !message.url.isEmpty())
            m_url = QUrl(message.url);
    }
    m_page->setEnabled(!m_url.isEmpty());
    update();
}

/// "Open" is said only where all of them are.
void ConversationHeader::showOtherOnes(const ConversationReading &reading)
{
    m_otherOnes = reading.others;
    m_unnamed = int(reading.furtherOthers.size());
    m_hasMoreOthers = reading.hasMoreOthers;
    const int count = int(m_otherOnes.size()) + m_unnamed;
    m_others->setVisible(count > 0);
    if (m_hasMoreOthers) {
        m_others->setText(tr("Over %L1 more not resolved").arg(count));
        m_others->setAccessibleName(tr("Over %L1 more conversations of this contact are not resolved").arg(count));
    } else if (reading.hasOnlyOpenOthers) {
        m_others->setText(tr("%Ln more open", nullptr, count));
        m_others->setAccessibleName(tr("%Ln more open conversation(s) of this contact", nullptr, count));
    } else {
        m_others->setText(tr("%Ln more not resolved", nullptr, count));
        m_others->setAccessibleName(tr("%Ln more conversation(s) of this contact not resolved", nullptr, count));
    }
}

void ConversationHeader::setCanPull(bool canPull)
{
    m_pull->setVisible(canPull);
}

void ConversationHeader::showAhead(bool isAhead)
{
    m_ahead->setVisible(isAhead);
}

void ConversationHeader::showOthers(const QString &sentence, bool isWriting)
{
    m_isCompanyWriting = isWriting;
    m_company->setText(sentence);
    m_company->setBold(isWriting);
    m_company->setVisible(!sentence.isEmpty());
    update();
}

void ConversationHeader::showOriginal(const std::optional<ConversationRecord> &original)
{
    m_repeats = original ? original->id : ConversationId();
    m_original->setVisible(original.has_value());
    if (!original)
        return;
    m_original->setText(tr("Repeats #%1").arg(original->number));
    m_original->setToolTip(PlainLabel::toolTipOf(textOf(*original)));
    // Else the tool tip, with its markup, would be read.
    m_original->setAccessibleDescription(textOf(*original));
    m_original->setAccessibleName(tr("Show what this one repeats: #%1").arg(original->number));
}

QString ConversationHeader::textOf(const ConversationRecord &other) const
{
    const QString owner = other.assigneeName.isEmpty() ? tr("unassigned") : other.assigneeName;
    return QStringLiteral("#%1  %2 · %3 · %4")
        .arg(QString::number(other.number), Wording::isolated(other.snippet.left(60)), Sentences::status(other, m_now),
             Wording::isolated(owner));
}

QString ConversationHeader::menuText(const ConversationRecord &other) const
{
    return textOf(other).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

void ConversationHeader::onOthers()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("othersMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ConversationRecord &other : std::as_const(m_otherOnes))
        menu->addAction(menuText(other), this, [this, id = other.id] { Q_EMIT otherWanted(id); });
    if (m_unnamed > 0)
        menu->addAction(tr("and %Ln older one(s)", nullptr, m_unnamed))->setEnabled(false);
    menu->addAction(Icons::icon(QStringLiteral("mine")), tr("All con&versations of this contact…"), this,
                    &ConversationHeader::allWanted);
    if (m_canAct)
        addDeeds(*menu);
    menu->popup(m_others->mapToGlobal(QPoint(0, m_others->height())));
}

void ConversationHeader::addDeeds(QMenu &menu)
{
    const int all = int(m_otherOnes.size()) + m_unnamed + 1;
    menu.addSeparator();
    menu.addAction(Icons::icon(QStringLiteral("claim")),
                   m_hasMoreOthers ? tr("&Take the newest %Ln", nullptr, all) : tr("&Take all %Ln", nullptr, all), this,
                   &ConversationHeader::claimAllWanted);
    menu.addAction(Icons::icon(QStringLiteral("resolve")),
                   m_hasMoreOthers ? tr("&Resolve the newest %Ln", nullptr, all) : tr("&Resolve all %Ln", nullptr, all),
                   this, &ConversationHeader::resolveAllWanted);
    QMenu *originals = menu.addMenu(Icons::icon(QStringLiteral("copy")), tr("Resolve this one as a &duplicate of"));
    for (const ConversationRecord &other : std::as_const(m_otherOnes))
        originals->addAction(menuText(other), this, [this, other] { Q_EMIT duplicateWanted(other); });
}

void ConversationHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(Appearance::line(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const int middle = m_name->geometry().center().y();
    Icons::paint(&painter, QRect(isRtl ? width() - 12 - glyph : 12, middle - glyph / 2, glyph, glyph),
                 Icons::ofNetwork(m_network), Appearance::quietText(palette()));
    if (m_company->isHidden())
        return;
    const QRect company = m_company->geometry();
    const QRect beside(isRtl ? company.right() + 5 : company.left() - glyph - 5, company.center().y() - glyph / 2,
                       glyph, glyph);
    Icons::paint(&painter, beside, m_isCompanyWriting ? QStringLiteral("pen") : QStringLiteral("eye"),
                 palette().color(QPalette::Text));
}

} // namespace Earshot
