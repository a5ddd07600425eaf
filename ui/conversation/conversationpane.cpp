// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversationpane.h"

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationheader.h"
#include "ui/conversation/findbar.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/shell/aheadsigns.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/lowarea.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int fewLetters = 34; ///< of a message, beside the contact

} // namespace

ConversationPane::ConversationPane(Desk &desk, ChannelService &channels, CommandRegistry &commands, QWidget *parent,
                                   std::shared_ptr<DraftBook> drafts)
    : QWidget(parent)
    , m_desk(desk)
    , m_channels(channels)
    , m_commands(commands)
    , m_pages(new QStackedWidget(this))
    , m_body(new QStackedWidget(this))
    , m_pageText(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("conversationRetry"), this, this))
    , m_header(new ConversationHeader(this))
    , m_ahead(new AheadSigns(desk, this))
    , m_find(new FindBar(desk, *this))
    , m_news(new ChoiceBar(this))
    , m_notices(new NoticeBar(this))
    , m_timeline(new TimelineView(desk.workspace().clock(), desk.workspace().mediaFolder(), this))
    , m_contact(new ContactSide(desk, this))
    , m_thread(new ThreadPage(desk, this))
    , m_composer(new Composer(desk, this, std::move(drafts)))
{
    setObjectName(QStringLiteral("conversationPane"));
    setAccessibleName(tr("Conversation"));
    build();
    m_slow.setSingleShot(true);
    m_slow.setInterval(100);
    connect(&m_slow, &QTimer::timeout, this, [this] { showPage(tr("Loading…")); });
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ConversationPane::load);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        m_slow.start();
        load();
    });
    connect(&m_desk, &Desk::changed, this, &ConversationPane::onChanged);
    connect(m_ahead, &AheadSigns::changed, this, [this] { m_header->showAhead(m_ahead->isAhead(m_id)); });
    connect(m_header, &ConversationHeader::otherWanted, this, &ConversationPane::showConversation);
    connect(m_header, &ConversationHeader::pageWanted, this, [](const QUrl &url) { openOutside(url); });
    connect(m_header, &ConversationHeader::pullWanted, this, &ConversationPane::pull);
    connect(m_timeline, &TimelineView::olderWanted, this, &ConversationPane::readOlder);
    connect(m_timeline, &TimelineView::allOlderWanted, this, &ConversationPane::readAllOlder);
    connect(m_timeline, &TimelineView::linkActivated, this, [](const QUrl &url) { openOutside(url); });
    connect(m_timeline, &TimelineView::actionTriggered, this, &ConversationPane::onAction);
    connect(m_timeline, &TimelineView::answerWanted, this, [this](const MessageRecord &message) {
        // The right to may have gone while the menu was open.
        if (!m_canAct)
            return;
        const bool isPrivate = message.visibility == Visibility::direct;
        m_composer->open(isPrivate ? DraftRecord::Mode::privateReply : DraftRecord::Mode::reply, message);
    });
    connect(m_timeline, &TimelineView::pictureActivated, this, &ConversationPane::showMedia);
    connect(m_timeline, &TimelineView::pictureMissing, &m_desk, &Desk::wantMedia);
    connect(&m_desk, &Desk::mediaArrived, m_timeline, &TimelineView::showArrived);
    connect(m_timeline, &TimelineView::atEndChanged, this, [this](bool isAtEnd) {
        if (isAtEnd && !m_composer->isOpen())
            acknowledgeNews();
    });
    connect(m_composer, &Composer::message, this, &ConversationPane::message);
    connect(m_composer, &Composer::newsWanted, this, &ConversationPane::acknowledgeNews);
    // First: whoever hears of it below may go on to another conversation.
    connect(m_composer, &Composer::performed, this,
            [this](DraftRecord::Mode mode, bool /*isResolved*/, ConversationId conversation) {
                if (mode == DraftRecord::Mode::noteEdit || conversation != m_id)
                    return;
                // What was just written is shown as soon as it was read.
                m_showsEnd = true;
                m_timeline->scrollToEnd();
            });
    connect(m_composer, &Composer::performed, this, &ConversationPane::performed);
    connect(m_composer, &Composer::openChanged, this, [this](bool isOpen) {
        // An answer that comes late takes the keyboard from nobody.
        const QWidget *now = window()->focusWidget();
        if (!isOpen && (!now || m_composer->isAncestorOf(now)))
            setFocus();
        showNews();
    });
    connectThread();
    showPage(tr("Choose a conversation in the list. Its messages, notes and replies appear here."));
}

void ConversationPane::build()
{
    m_news->setObjectName(QStringLiteral("conversationNews"));
    m_pageText->setObjectName(QStringLiteral("conversationState"));
    m_pageText->setWrapping(true);
    m_pageText->setQuiet(true);
    auto *empty = new QWidget(m_pages);
    auto *middle = new QVBoxLayout(empty);
    middle->setContentsMargins(32, 48, 32, 32);
    middle->addWidget(m_pageText);
    middle->addWidget(m_retry, 0, Qt::AlignLeft);
    middle->addStretch(1);
    auto *area = new LowArea(m_pages);
    auto *page = new QWidget(area);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_find);
    auto *conversation = new QWidget(m_body);
    auto *row = new QHBoxLayout(conversation);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_timeline, 1);
    row->addWidget(m_contact);
    fitContactSide();
    m_body->addWidget(conversation);
    m_body->addWidget(m_thread);
    // On a low screen an answer that is being written has the room.
    m_body->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_body->setMinimumHeight(fontMetrics().lineSpacing() * 4);
    column->addWidget(m_body, 3);
    column->addWidget(m_news);
    column->addWidget(m_notices);
    column->addWidget(m_composer, 0);
    m_pages->addWidget(empty);
    area->setPage(page);
    m_pages->addWidget(area);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
    setFocusProxy(m_timeline);
}

void ConversationPane::showPage(const QString &text)
{
    m_pageText->setText(text);
    m_retry->done();
    m_pages->setCurrentIndex(0);
}

QWidget &ConversationPane::statePage() const
{
    return *m_pages->widget(0);
}

void ConversationPane::setActions(ConversationActions &actions)
{
    m_actions = &actions;
    m_contact->setActions(m_actions);
    connect(m_header, &ConversationHeader::claimAllWanted, this, &ConversationPane::claimAllOfContact);
    connect(m_header, &ConversationHeader::resolveAllWanted, this, &ConversationPane::resolveAllOfContact);
    connect(m_header, &ConversationHeader::duplicateWanted, this, [this](const ConversationRecord &original) {
        m_actions->resolveAsDuplicate({m_reading.conversation}, original);
    });
}

void ConversationPane::setCanAct(bool canAct)
{
    if (std::exchange(m_canAct, canAct) == canAct)
        return;
    m_timeline->setCanAct(canAct);
    m_header->setCanPull(canAct);
    if (!m_isFirst)
        load();
}

void ConversationPane::claimAllOfContact()
{
    withUnresolvedOnes([this](const QList<ConversationRecord> &all) { m_actions->claim(all); });
}

void ConversationPane::resolveAllOfContact()
{
    withUnresolvedOnes([this](const QList<ConversationRecord> &all) { m_actions->resolve(all); });
}

/// What is to be done with one depends on how it stands: those that are only known by their ids are read before.
void ConversationPane::withUnresolvedOnes(std::function<void(const QList<ConversationRecord> &)> act)
{
    using Ones = QList<ConversationRecord>;
    const Ones known = Ones{m_reading.conversation} + m_reading.others;
    if (m_reading.furtherOthers.isEmpty()) {
        act(known);
        return;
    }
    const auto read = m_desk.workspace().read<Ones>(
        [ids = m_reading.furtherOthers, me = m_desk.me(), now = m_desk.workspace().clock().now()](Database &database) {
            return loadConversations(database, ids, me, now);
        });
    whenDone(read, this, [this, known, act = std::move(act)](const Result<Ones> &further) {
        if (further)
            act(known + *further);
        else
            Q_EMIT message(ErrorText::of(further.error()));
    });
}

void ConversationPane::showConversation(ConversationId id)
{
    if (id == m_id)
        return;
    m_composer->closeEditor();
    m_find->leave();
    m_highlight.clear();
    m_wantedMessage = MessageId();
    m_news->clear();
    if (isThreadShown() && !m_thread->model().holds(id))
        showThread(false);
    if (m_wantedTexts.contains(m_id) || m_keptReplies.contains(m_id)) {
        Q_EMIT message(tr("The reply was not begun: its conversation was left before it was there. It begins when you "
                          "come back to it."));
    } else if (std::exchange(m_takenBack, DeliveryId()).isValid())
        Q_EMIT message(tr("The reply was taken back. Its text stands in its conversation."));
    m_takenBack = DeliveryId();
    m_id = id;
    ++m_generation;
    m_readings.forget();
    m_readingsShown.forget();
    m_isFirst = true;
    m_showsEnd = false;
    m_wantedMode.reset();
    m_takesBack = {};
    m_staysUnseen = false;
    m_isTargetHeld = false;
    m_reading = {};
    m_looked = 0;
    m_again.stop();
    if (id.isValid()) {
        if (!isThreadShown())
            m_slow.start();
        load();
    } else {
        m_slow.stop();
        showPage(tr("Choose a conversation in the list. Its messages, notes and replies appear here."));
    }
    if (isThreadShown())
        m_thread->follow(id);
    Q_EMIT conversationChanged(id);
}

void ConversationPane::showMessage(MessageId id)
{
    m_wantedMessage = MessageId();
    if (!m_isFirst && m_timeline->showMessage(id))
        return;
    m_wantedMessage = id;
    if (!m_isFirst)
        readOlder();
}

void ConversationPane::showHit(ConversationId id, MessageId message, const QStringList &words)
{
    showConversation(id);
    m_highlight = words;
    // Else it would be drawn into the conversation before.
    if (!m_isFirst)
        m_timeline->setHighlight(words);
    showMessage(message);
}

void ConversationPane::showSubject()
{
    ComposerSubject subject;
    subject.conversation = m_reading.conversation;
    subject.channel = m_reading.channel;
    subject.agents = m_reading.agents;
    if (const MessageRecord *newest = m_timeline->timeline().newestInbound())
        subject.newestInbound = *newest;
    subject.twins = m_reading.twins;
    subject.people = m_timeline->timeline().people();
    if (const MessageRecord *note = m_timeline->timeline().find(m_composer->editedNote()))
        subject.editedNote = *note;
    m_composer->setSubject(subject);
}

void ConversationPane::connectThread()
{
    connect(m_contact, &ContactSide::conversationWanted, this, &ConversationPane::showConversation);
    connect(m_contact, &ContactSide::message, this, &ConversationPane::message);
    const auto showAll = [this] { m_commands.trigger(QStringLiteral("contact.show")); };
    connect(m_contact, &ContactSide::allWanted, this, showAll);
    connect(m_header, &ConversationHeader::allWanted, this, showAll);
    connect(m_thread, &ThreadPage::conversationWanted, this, &ConversationPane::showConversation);
    connect(m_thread, &ThreadPage::currentChanged, this, [this] { m_commands.refresh(); });
    connect(m_thread, &ThreadPage::failed, this, [this](const Error &error) { Q_EMIT message(ErrorText::of(error)); });
    connect(m_thread, &ThreadPage::messageOpened, this, [this](ConversationId id, MessageId wanted) {
        showConversation(id);
        showThread(false);
        m_timeline->showMessage(wanted);
    });
}

void ConversationPane::showThread(bool isShown)
{
    if (isShown == isThreadShown() || !m_id.isValid())
        return;
    const MessageRecord *current = m_isFirst ? nullptr : m_timeline->current();
    if (isShown)
        m_thread->open(m_id, current ? current->id : MessageId());
    const bool hadFocus = isAncestorOf(window()->focusWidget()) && !m_composer->isAncestorOf(window()->focusWidget());
    m_body->setCurrentIndex(isShown ? 1 : 0);
    setFocusProxy(isShown ? static_cast<QWidget *>(m_thread) : m_timeline);
    if (hadFocus || isShown)
        setFocus();
    m_commands.refresh();
}

bool ConversationPane::isThreadShown() const
{
    return m_body->currentIndex() == 1;
}

void ConversationPane::showOthers(const QString &sentence, const QString &warning, bool isWriting)
{
    m_header->showOthers(sentence, isWriting);
    m_composer->showOthers(warning, isWriting);
}

void ConversationPane::showContactSide(bool isShown)
{
    m_contact->setVisible(isShown);
    fitContactSide();
}

bool ConversationPane::event(QEvent *event)
{
    const bool isHandled = QWidget::event(event);
    if (event->type() == QEvent::WindowActivate || event->type() == QEvent::Show)
        markSeen();
    return isHandled;
}

void ConversationPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitContactSide();
}

/// Where both have no room, the contact stands in the place of the messages.
void ConversationPane::fitContactSide()
{
    const int usual = m_contact->sizeHint().width();
    const bool isAlone = isContactSideShown() && width() < usual + fontMetrics().averageCharWidth() * fewLetters;
    const bool hadFocus = m_timeline->hasFocus() || m_contact->focusProxy()->hasFocus();
    m_contact->setMinimumWidth(isAlone ? 0 : usual);
    m_contact->setMaximumWidth(isAlone ? QWIDGETSIZE_MAX : usual);
    if (isAlone == m_timeline->isHidden())
        return;
    setFocusProxy(isAlone ? m_contact->focusProxy() : m_timeline);
    if (hadFocus)
        setFocus();
    m_timeline->setVisible(!isAlone);
}

bool ConversationPane::isContactSideShown() const
{
    return !m_contact->isHidden();
}

const MessageRecord *ConversationPane::targetMessage() const
{
    if (isThreadShown())
        return m_thread->current();
    // The timeline still has the conversation before.
    if (m_isFirst)
        return nullptr;
    // Opening a conversation makes a message current; the person means it only once the keyboard is there.
    const MessageRecord *current = m_timeline->hasFocus() || m_isTargetHeld ? m_timeline->current() : nullptr;
    return current ? current : m_timeline->timeline().newestInbound();
}

} // namespace Earshot
