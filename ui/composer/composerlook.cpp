// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "model/recipients.h"
#include "model/textcount.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/modelook.h"
#include "ui/composer/recipientmenu.h"
#include "ui/composer/textcompletion.h"
#include "ui/shell/announcing.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"
#include "ui/shell/wraplayout.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace Earshot {

// What the composer shows: mode, readers, what is answered, the count.

namespace {

constexpr int frameLine = 2;
constexpr int barWidth = 5;

} // namespace

QToolButton *Composer::addModeButton(Mode mode)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("mode%1").arg(static_cast<int>(mode)));
    button->setText(ModeLook::word(mode));
    button->setAccessibleName(ModeLook::word(mode));
    button->setIcon(Icons::icon(ModeLook::icon(mode)));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setAutoRaise(true);
    m_modes->addButton(button, static_cast<int>(mode));
    return button;
}

void Composer::buildHead()
{
    auto *head = new WrapLayout;
    auto *tools = new QHBoxLayout;
    head->setSpacing(2);
    tools->setSpacing(2);
    for (const Mode mode : {Mode::reply, Mode::privateReply, Mode::note, Mode::noteEdit})
        head->addWidget(addModeButton(mode));
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { open(static_cast<Mode>(id)); });
    tools->addStretch(1);
    m_counter->setObjectName(QStringLiteral("composerCounter"));
    m_counter->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    tools->addWidget(m_counter);
    m_move->setObjectName(QStringLiteral("composerMove"));
    m_move->setText(tr("Move text to…"));
    m_move->setAccessibleName(m_move->text());
    m_move->setIcon(Icons::icon(QStringLiteral("external")));
    m_move->setToolTip(m_move->text());
    m_move->setAutoRaise(true);
    m_move->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_move);
    for (const Mode mode : ModeLook::all)
        menu->addAction(Icons::icon(ModeLook::icon(mode)), ModeLook::word(mode), this,
                        [this, mode] { moveTextTo(mode); });
    m_move->setMenu(menu);
    tools->addWidget(m_move);
    m_close->setObjectName(QStringLiteral("composerClose"));
    m_close->setIcon(Icons::icon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close; the draft is kept"));
    m_close->setToolTip(tr("Close; the draft is kept"));
    connect(m_close, &QToolButton::clicked, this, &Composer::closeEditor);
    tools->addWidget(m_close);
    head->addStretching(tools);
    static_cast<QVBoxLayout *>(layout())->addLayout(head);
    m_head = head;
}

void Composer::buildFoot()
{
    auto *foot = new WrapLayout;
    m_attach->setObjectName(QStringLiteral("composerAttach"));
    m_attach->setText(tr("Attach…"));
    m_attach->setAccessibleName(tr("Attach a picture or video"));
    m_attach->setIcon(Icons::icon(QStringLiteral("add")));
    m_attach->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_attach->setAutoRaise(true);
    connect(m_attach, &QToolButton::clicked, this, &Composer::pickFiles);
    foot->addWidget(m_attach);
    foot->addWidget(m_language);
    m_hint->setObjectName(QStringLiteral("composerHint"));
    m_hint->setQuiet(true);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    foot->addStretching(m_hint);
    m_send->setObjectName(QStringLiteral("composerSend"));
    m_send->setAutoDefault(false);
    connect(m_send, &QPushButton::clicked, this, [this] { send(false); });
    foot->addWidget(m_send);
    static_cast<QVBoxLayout *>(layout())->addLayout(foot);
}

QString Composer::nameOf(const ChannelRecord &channel)
{
    return channel.accountHandle.isEmpty() ? channel.name : channel.accountHandle;
}

/// There is a way to the note that is being edited, as long as one is.
void Composer::showEditing()
{
    const bool isEditing = m_mode == Mode::noteEdit || m_book->has(m_subject.conversation.id, Mode::noteEdit);
    m_modes->button(static_cast<int>(Mode::noteEdit))->setVisible(isEditing);
}

void Composer::showMode()
{
    const bool isNote = isOfNote();
    const Capabilities can = room();
    m_modes->button(static_cast<int>(*m_mode))->setChecked(true);
    for (const Mode mode : ModeLook::all) {
        QString why;
        QAbstractButton *button = m_modes->button(static_cast<int>(mode));
        button->setEnabled(canWrite(m_subject, mode, &why));
        button->setToolTip(why);
    }
    showEditing();
    setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setPlaceholderText(isNote ? tr("Only your team sees this. @ mentions a colleague.") : QString());
    m_warning->setVisible(!isNote && can.hasContentWarning);
    m_attach->setVisible(!isNote && can.maxMedia > 0);
    m_edit->setTakesMedia(!isNote && can.maxMedia > 0);
    offerMentions();
    m_agents->setActive(true);
    m_replies->setActive(true);
    m_emoji->setActive(true);
    QPalette colors = palette();
    colors.setColor(QPalette::Base, isNote ? ModeLook::tint(Mode::note, palette()) : palette().color(QPalette::Base));
    m_edit->setPalette(colors);
    showSendButton();
    showTarget();
    showCount();
    fit();
    update();
}

/// Shows as much as there is room for.
void Composer::fit()
{
    // Where the modes' words and this one have no room beside each other, it is a sign with a tool tip.
    m_move->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_head->invalidate();
    // The group at its end still knows how wide it was before.
    for (int i = 0; i < m_head->count(); ++i) {
        if (QLayout *group = m_head->itemAt(i)->layout())
            group->invalidate();
    }
    const QMargins margins = layout()->contentsMargins();
    int room = width() - margins.left() - margins.right();
    if (m_head->sizeHint().width() > room)
        m_move->setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (const QWidget *beside : std::initializer_list<const QWidget *>{m_attach, m_language, m_send}) {
        if (!beside->isHidden())
            room -= beside->sizeHint().width() + style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing);
    }
    const QString separator = QStringLiteral(" · ");
    QStringList hints = this->hints();
    while (!hints.isEmpty() && m_hint->fontMetrics().horizontalAdvance(hints.join(separator)) > room)
        hints.removeLast();
    m_hint->setText(hints.join(separator));
}

void Composer::showSendButton()
{
    QString text;
    if (isOfNote())
        text = tr("Save note");
    else if (m_mode == Mode::privateReply)
        text = tr("Send privately to %1").arg(Wording::isolated(m_subject.conversation.contactName));
    else
        text = tr("Publish as %1").arg(Wording::isolated(channelName()));
    if (m_isSending)
        text = isOfNote() ? tr("Saving…") : tr("Handing over…");
    // A mnemonic is ours to give, not a stranger's name's.
    const QString shown = m_send->fontMetrics().elidedText(text, Qt::ElideRight, 320);
    m_send->setText(QString(shown).replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_send->setAccessibleName(text);
    m_send->setIcon(Icons::icon(ModeLook::icon(*m_mode)));
    m_send->setEnabled(!m_isSending);
}

QString Composer::twinSentence() const
{
    if (m_subject.twins.isEmpty() || !m_target || !m_subject.newestInbound ||
        m_target->id != m_subject.newestInbound->id)
        return {};
    const auto answered = std::find_if(m_subject.twins.cbegin(), m_subject.twins.cend(),
                                       [](const TwinRecord &twin) { return twin.isAnswered; });
    const TwinRecord &twin = answered != m_subject.twins.cend() ? *answered : m_subject.twins.constFirst();
    const QString text = twin.isAnswered ? tr("The same post was answered on %1 already (#%2).")
                                         : tr("The same post also came in on %1 (#%2).");
    return text.arg(Wording::isolated(twin.channelName), QString::number(twin.number));
}

void Composer::showTarget()
{
    m_target.reset();
    if (const MessageRecord *known = m_book->known(draft().target))
        m_target = *known;
    showLanguage();
    const QString twin = isOfNote() ? QString() : twinSentence();
    m_twin->setText(twin);
    m_twin->setVisible(!twin.isEmpty());
    if (isOfNote() || !m_target) {
        m_recipients->hide();
        m_context->setText(tr("Stays in the workspace"));
        m_quote->setVisible(m_mode == Mode::noteEdit && m_target);
        if (m_mode == Mode::noteEdit && m_target)
            m_quote->setText(tr("Changes the note by %1, %2: %3")
                                 .arg(Wording::isolated(m_target->agentName), Wording::clockTime(m_target->sortAt),
                                      Wording::isolated(Wording::excerpt(m_target->text))));
        return;
    }
    showReaders();
    const QString excerpt =
        m_target->contentWarning.isEmpty() ? m_target->text.left(400).simplified().left(200) : m_target->contentWarning;
    m_quote->setText(tr("Answers %1, %2: %3")
                         .arg(Wording::isolated(m_target->authorName), Wording::clockTime(m_target->sortAt),
                              Wording::isolated(excerpt)));
    m_quote->show();
}

Visibility Composer::visibility() const
{
    if (m_mode == Mode::privateReply)
        return Visibility::direct;
    const Visibility answered = m_target ? m_target->visibility : Visibility::everyone;
    return answered == Visibility::direct ? Visibility::everyone : answered;
}

TextCount Composer::count()
{
    const Capabilities can = room();
    const QString &text = draft().history->text();
    const QString domain = m_subject.channel.accountHandle.section(QLatin1Char('@'), -1);
    const QString names = missingNames(named(), text, domain);
    const QString warning = can.hasContentWarning && m_target
                                ? warningOf(draft().contentWarning, m_target->contentWarning)
                                : draft().contentWarning;
    TextCount count = countText(names + text, warning, can);
    if (count.cutAt >= 0)
        count.cutAt = std::max<qsizetype>(0, count.cutAt - names.size());
    return count;
}

QStringList Composer::parts()
{
    const QString &text = draft().history->text();
    if (isOfNote())
        return {text};
    const Capabilities can = room();
    const QString warning = can.hasContentWarning && m_target
                                ? warningOf(draft().contentWarning, m_target->contentWarning)
                                : draft().contentWarning;
    const QString domain = m_subject.channel.accountHandle.section(QLatin1Char('@'), -1);
    return splitReply(text, named(), domain, warning, can);
}

void Composer::showCount()
{
    if (!m_mode)
        return;
    // A note has no limit: nothing is counted.
    const TextCount count = isOfNote() ? TextCount() : this->count();
    const bool hasLimit = count.limit > 0;
    m_counter->setVisible(hasLimit);
    m_edit->markFrom(hasLimit && count.isTooLong() ? count.cutAt : -1);
    if (!hasLimit)
        return;
    const int width = m_counter->sizeHint().width();
    m_counter->setText(count.isTooLong() ? tr("%Ln too many", nullptr, count.used - count.limit)
                                         : tr("%Ln left", nullptr, count.limit - count.used));
    m_counter->setBold(count.isTooLong());
    m_counter->updateGeometry();
    if (m_counter->sizeHint().width() != width)
        fit();
}

void Composer::showOthers(const QString &sentence, bool isWriting)
{
    const bool isNews = isWriting && !m_isCompanyWriting;
    m_isCompanyWriting = isWriting;
    m_company->setText(sentence);
    m_company->setBold(isWriting);
    m_company->setQuiet(!isWriting);
    m_company->setVisible(!sentence.isEmpty());
    update();
    if (isNews && m_mode)
        announce(m_company, sentence);
}

void Composer::paintEvent(QPaintEvent *)
{
    if (!m_mode)
        return;
    QPainter painter(this);
    const QColor color = ModeLook::color(*m_mode, palette());
    painter.fillRect(rect(), ModeLook::tint(*m_mode, palette()));
    painter.setPen(QPen(color, frameLine, isOfNote() ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(QRect(isRtl ? width() - barWidth : 0, 0, barWidth, height()), color);
    // Where shades tell nothing apart: where the text is written.
    if (Appearance::isHighContrast(palette())) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawRect(m_edit->geometry().adjusted(-1, -1, 0, 0));
    }
    if (m_company->isHidden())
        return;
    const QRect company = m_company->geometry();
    const int size = 16;
    const QRect beside(isRtl ? company.right() + 6 : company.left() - size - 6, company.center().y() - size / 2, size,
                       size);
    Icons::paint(&painter, beside, m_isCompanyWriting ? QStringLiteral("pen") : QStringLiteral("eye"),
                 palette().color(QPalette::Text));
}

void Composer::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_mode)
        showMode();
}

} // namespace Earshot
