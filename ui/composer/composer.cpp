// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/modelook.h"
#include "ui/composer/recipientmenu.h"
#include "ui/composer/spellmarks.h"
#include "ui/composer/textcompletion.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wraplayout.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int edge = 15;        ///< left of the fields: the coloured bar and some air
constexpr int companyIcon = 16; ///< px

} // namespace

Composer::Composer(Desk &desk, QWidget *parent, std::shared_ptr<DraftBook> drafts)
    : QFrame(parent)
    , m_desk(desk)
    , m_book(drafts ? std::move(drafts) : std::make_shared<DraftBook>())
    , m_modes(new QButtonGroup(this))
    , m_move(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_counter(new PlainLabel(this))
    , m_twin(new PlainLabel(this))
    , m_context(new PlainLabel(this))
    , m_recipients(new RecipientMenu(this))
    , m_quote(new PlainLabel(this))
    , m_warning(new QLineEdit(this))
    , m_edit(new ComposerEdit(this))
    , m_attachments(new AttachmentList(desk.workspace().mediaFolder(), this))
    , m_choices(new ChoiceBar(this))
    , m_elsewhere(new ChoiceBar(this))
    , m_stays(new PlainLabel(this))
    , m_company(new PlainLabel(this))
    , m_attach(new QToolButton(this))
    , m_hint(new PlainLabel(this))
    , m_send(new QPushButton(this))
    , m_agents(new TextCompletion(m_edit, QLatin1Char('@'), false))
    , m_replies(new TextCompletion(m_edit, QLatin1Char(';'), true))
    , m_emoji(new TextCompletion(m_edit, QLatin1Char(':'), false))
    , m_language(new QToolButton(this))
{
    setObjectName(QStringLiteral("composer"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(edge, 8, 12, 10);
    column->setSpacing(6);
    buildHead();
    column->addWidget(m_twin);
    auto *readers = new WrapLayout;
    readers->addWidget(m_context);
    readers->addWidget(m_recipients);
    column->addLayout(readers);
    column->addWidget(m_quote);
    column->addWidget(m_warning);
    column->addWidget(m_edit, 1);
    column->addWidget(m_attachments);
    column->addWidget(m_stays);
    column->addWidget(m_elsewhere);
    column->addWidget(m_choices);
    auto *company = new QHBoxLayout;
    company->addSpacing(companyIcon + 6);
    company->addWidget(m_company, 1);
    column->addLayout(company);
    m_company->setObjectName(QStringLiteral("composerCompany"));
    m_company->hide();
    buildFoot();
    buildHelp();
    m_choices->setObjectName(QStringLiteral("composerChoices"));
    m_elsewhere->setObjectName(QStringLiteral("composerElsewhere"));
    m_stays->setObjectName(QStringLiteral("composerStays"));
    m_stays->setWrapping(true);
    m_stays->hide();
    m_twin->setObjectName(QStringLiteral("composerTwin"));
    m_twin->setBold(true);
    m_context->setObjectName(QStringLiteral("composerContext"));
    m_quote->setObjectName(QStringLiteral("composerQuote"));
    m_quote->setQuiet(true);
    m_warning->setObjectName(QStringLiteral("composerWarning"));
    m_warning->setAccessibleName(tr("Content warning"));
    m_warning->setPlaceholderText(tr("Content warning (optional)"));
    connect(m_warning, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (!m_isLoading && m_mode && !isOfNote() && m_subject.channel.capabilities.hasContentWarning)
            draft().contentWarning = text;
        keepDraft();
        tellDraft();
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::keepDraft);
    connect(m_attachments, &AttachmentList::changed, this, [this] {
        if (!m_isLoading && m_mode)
            draft().media = m_attachments->media();
        keepDraft();
        tellDraft();
    });
    connect(m_recipients, &RecipientMenu::leftOutChanged, this, [this](const QStringList &leftOut) {
        draft().leftOut = leftOut;
        keepDraft();
        tellDraft();
    });
    m_edit->leaveKeys([this](const QKeyEvent &event) { return isCommand(event); });
    connect(m_edit, &ComposerEdit::filesGiven, this, &Composer::addFiles);
    connect(m_edit, &ComposerEdit::imageGiven, this, &Composer::addImage);
    connect(&m_desk, &Desk::draftArrived, this, &Composer::onDraftArrived);
    connect(m_book.get(), &DraftBook::changed, this, &Composer::followDraft);
    hide();
}

Composer::~Composer()
{
    m_desk.holdDraft(this, {}, {});
    // The drafts' documents die before the editor does.
    m_edit->setDocument(nullptr);
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void Composer::setSubject(const ComposerSubject &subject)
{
    const bool isOther = subject.conversation.id != m_subject.conversation.id;
    if (isOther) {
        closeEditor();
        // A draft that waits keeps the message that it answers.
        m_book->tidyUp();
        m_target.reset();
    }
    m_subject = subject;
    if (subject.newestInbound)
        m_book->know(*subject.newestInbound);
    if (subject.editedNote)
        followNote(*subject.editedNote);
    if (m_mode) {
        offerMentions();
        showTarget();
        showCount();
    }
}

void Composer::restoreDrafts(const QList<DraftRecord> &drafts, const QList<MessageRecord> &answered)
{
    for (const MessageRecord &message : answered)
        m_book->know(message);
    for (const DraftRecord &draft : drafts)
        m_book->restore(draft);
}

Draft &Composer::draft()
{
    return m_book->draft(m_subject.conversation.id, m_mode.value_or(Mode::note));
}

Seq Composer::basedOn()
{
    return m_mode ? draft().basedOn : 0;
}

void Composer::acknowledge(Seq seq)
{
    if (!m_mode)
        return;
    draft().basedOn = std::max(draft().basedOn, seq);
    m_choices->clear();
    keepDraft();
    askAboutWaiting();
}

bool Composer::canWrite(const ComposerSubject &subject, Mode mode, QString *why)
{
    const Capabilities &can = subject.channel.capabilities;
    const bool isPrivateAlready = subject.newestInbound && subject.newestInbound->visibility == Visibility::direct;
    const bool isReply = !DraftRecord::isOfNote(mode);
    if (isReply && subject.channel.isRemoved())
        *why = tr("This channel was removed: only notes can be written.");
    else if (isReply && !can.canReply)
        *why = tr("This channel can only be read: only notes can be written.");
    else if (mode == Mode::privateReply && !can.canReplyPrivately && !isPrivateAlready)
        *why = tr("This channel has no private replies.");
    else if (isReply && !subject.newestInbound)
        *why = tr("There is no message to answer here yet.");
    else
        return true;
    return false;
}

void Composer::open(Mode mode, const std::optional<MessageRecord> &target)
{
    if (!m_subject.conversation.id.isValid() || m_isSending)
        return;
    // Another window saved it meanwhile.
    if (mode == Mode::noteEdit && !m_book->draft(m_subject.conversation.id, mode).target.isValid())
        return;
    QString why;
    if (!canWrite(m_subject, mode, &why)) {
        if (m_mode)
            m_modes->button(static_cast<int>(*m_mode))->setChecked(true);
        Q_EMIT message(why);
        return;
    }
    const bool wasOpen = m_mode.has_value();
    if (wasOpen)
        draft().cursor = m_edit->textCursor().position();
    // Who only changes the way of answering goes on answering the same; what was written there before has its own.
    const bool goesAlong = wasOpen && !isOfNote() && m_mode != mode && !DraftRecord::isOfNote(mode) && m_target &&
                           (mode == Mode::reply || m_subject.channel.capabilities.canReplyPrivately ||
                            m_target->visibility == Visibility::direct);
    giveUpWaiting();
    m_mode = mode;
    Draft &now = draft();
    if (goesAlong && now.isEmpty())
        now.target = m_target->id;
    const MessageId before = now.isEmpty() ? MessageId() : now.target;
    if (target) {
        m_book->know(*target);
        now.target = target->id;
    }
    const bool hasLostTarget = now.target.isValid() && !m_book->knows(now.target) && !now.isEmpty();
    takeDefaults(now);
    if (now.isEmpty())
        now.basedOn = m_subject.conversation.seq;
    fill();
    showMode();
    holdDraft();
    if (hasLostTarget && !isOfNote())
        m_choices->ask(
            tr("The message that this draft answered is not there any more: it answers the newest one now."));
    if (target && before.isValid() && before != target->id && m_book->knows(before))
        askAboutOtherTarget(before);
    if (mode == Mode::noteEdit && !m_book->knows(now.target))
        askAboutLostNote();
    else if (mode == Mode::noteEdit)
        followNote(*m_book->known(now.target));
    Q_EMIT opening();
    show();
    m_edit->setFocus();
    if (!wasOpen)
        Q_EMIT openChanged(true);
    tellWriting(false);
    tellDraft();
}

void Composer::fill()
{
    m_isLoading = true;
    Draft &now = draft();
    now.document->setDefaultFont(m_edit->font());
    m_edit->setDocument(now.document.get());
    m_shown = now.document;
    m_edit->spelling().documentChanged();
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(std::min(now.cursor, now.document->characterCount() - 1));
    m_edit->setTextCursor(cursor);
    m_warning->setText(now.contentWarning);
    m_attachments->setMedia(now.media);
    m_choices->clear();
    m_isLoading = false;
    if (now.thenResolve)
        m_choices->ask(tr("This reply was to resolve the conversation, too."),
                       {{tr("Send and resolve"), [this] { send(true); }}});
    askAboutWaiting();
}

bool Composer::hasText() const
{
    return m_mode &&
           !QStringView(m_book->draft(m_subject.conversation.id, *m_mode).history->text()).trimmed().isEmpty();
}

QWidget &Composer::editor() const
{
    return *m_edit;
}

void Composer::closeEditor()
{
    if (!m_mode)
        return;
    if (!m_isSending)
        keepDraft();
    draft().cursor = m_edit->textCursor().position();
    giveUpWaiting();
    m_mode.reset();
    holdDraft();
    m_agents->setActive(false);
    m_replies->setActive(false);
    m_emoji->setActive(false);
    // While it is there: else the focus would pass through whatever is next.
    Q_EMIT openChanged(false);
    hide();
    tellWriting(false);
}

void Composer::keepDraft()
{
    if (m_isLoading || !m_mode)
        return;
    Draft &now = draft();
    if (now.isEmpty()) {
        drop(m_subject.conversation.id, *m_mode);
        // Who begins again answers what is on screen now.
        now.basedOn = m_subject.conversation.seq;
    } else {
        save(m_subject.conversation.id, *m_mode);
    }
    showReaders();
    showCount();
    // Another window may write into the same draft.
    tellWriting(m_edit->hasFocus());
}

void Composer::save(ConversationId conversation, Mode mode)
{
    m_book->draft(conversation, mode).isKept = true;
    m_desk.saveDraft(m_book->record(conversation, mode, m_desk.workspace().clock().now()));
}

void Composer::drop(ConversationId conversation, Mode mode)
{
    Draft &place = m_book->draft(conversation, mode);
    if (std::exchange(place.isKept, false))
        place.emptiedAt = m_desk.workspace().clock().now();
    m_desk.dropDraft(conversation, mode);
}

void Composer::tellWriting(bool isTyped)
{
    const bool isWriting = isWritingReply();
    if (std::exchange(m_wasWriting, isWriting) == isWriting)
        return;
    Q_EMIT writingChanged(isWriting);
    if (isWriting && isTyped)
        Q_EMIT replyBegun();
}

void Composer::moveTextTo(Mode mode)
{
    if (!m_mode || mode == *m_mode)
        return;
    const Mode from = *m_mode;
    const QString text = m_edit->toPlainText();
    open(mode);
    if (m_mode != mode)
        return;
    m_edit->textCursor().insertText(text);
    // Taken out of the old draft by an edit, so that its undo brings it back there.
    Draft &old = m_book->draft(m_subject.conversation.id, from);
    QTextCursor all(old.document.get());
    all.select(QTextCursor::Document);
    all.removeSelectedText();
    if (old.isEmpty())
        drop(m_subject.conversation.id, from);
    else
        save(m_subject.conversation.id, from);
}

} // namespace Earshot
