// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/printing.h"

#include "model/background.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/conversationprint.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"

#include <QFileDialog>
#include <QPrintDialog>
#include <QPrinter>
#include <QPromise>
#include <QTextDocument>

#include <functional>
#include <memory>

namespace Earshot {

namespace {

/// A long conversation takes seconds to be laid out and painted; the window goes on meanwhile.
QFuture<Done> aside(std::function<Done()> work)
{
    auto promise = std::make_shared<QPromise<Done>>();
    promise->start();
    QFuture<Done> future = promise->future();
    backgroundThreads().start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

Printing::Printing(Desk &desk, ConversationPane &pane, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_pane(pane)
    , m_window(window)
{
}

void Printing::addCommands(CommandRegistry &commands)
{
    const auto add = [&](const char *id, const QString &text, const QKeySequence &shortcut, void (Printing::*run)()) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.shortcut = shortcut;
        command.isEnabled = [this] { return m_pane.conversation().isValid(); };
        command.run = [this, run] { (this->*run)(); };
        commands.add(std::move(command));
    };
    add("conversation.print", tr("P&rint conversation…"), QKeySequence(Qt::CTRL | Qt::Key_P), &Printing::print);
    add("conversation.pdf", tr("Save conversation as P&DF…"), {}, &Printing::askForPdf);
}

void Printing::print()
{
    whenDone(readForPrint(m_desk, m_pane.conversation()), this, [this](const Result<ConversationPrint> &print) {
        if (!print) {
            Q_EMIT failed(ErrorText::of(print.error()));
            return;
        }
        auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
        printer->setDocName(tr("Conversation #%1").arg(print->conversation.number));
        auto *dialog = new QPrintDialog(printer.get(), m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setObjectName(QStringLiteral("printDialog"));
        connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this,
                [this, printer, content = *print]([[maybe_unused]] QPrinter *chosen) {
                    // The dialog's printer is the shared one: it lives as long as the work.
                    Q_ASSERT(chosen == printer.get());
                    printOn(printer, content);
                });
        dialog->open();
    });
}

void Printing::printOn(std::shared_ptr<QPrinter> printer, const ConversationPrint &print)
{
    const auto work = [printer = std::move(printer), print, now = m_desk.workspace().clock().now(),
                       media = m_desk.workspace().mediaFolder()]() -> Done {
        return PrintDocument::printOn(*PrintDocument::make(print, media, now), *printer);
    };
    Q_EMIT message(tr("The conversation is being printed."));
    whenDone(aside(work), this, [this](const Done &printed) {
        if (!printed)
            Q_EMIT failed(tr("The conversation was not printed. Is the printer connected, and does it have paper?"));
    });
}

void Printing::askForPdf()
{
    const ConversationId conversation = m_pane.conversation();
    auto *dialog = new QFileDialog(m_window, tr("Save conversation as PDF"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(tr("Conversation %1").arg(m_pane.record().number) + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, conversation](const QString &path) { writePdf(conversation, path); });
    dialog->open();
}

void Printing::writePdf(ConversationId conversation, const QString &path)
{
    whenDone(readForPrint(m_desk, conversation), this, [this, path](const Result<ConversationPrint> &print) {
        if (!print) {
            Q_EMIT failed(ErrorText::of(print.error()));
            return;
        }
        const auto work = [print = *print, path, now = m_desk.workspace().clock().now(),
                           media = m_desk.workspace().mediaFolder()] {
            const auto document = PrintDocument::make(print, media, now);
            return PrintDocument::writePdf(*document, path, tr("Conversation #%1").arg(print.conversation.number));
        };
        whenDone(aside(work), this, [this](const Done &written) {
            if (written)
                Q_EMIT message(tr("The PDF was saved."));
            else
                Q_EMIT failed(ErrorText::of(written.error()));
        });
    });
}

} // namespace Earshot
