// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/upkeepdialog.h"

#include "desk/listexport.h"
#include "model/background.h"
#include "ui/shell/errortext.h"
#include "ui/shell/knownsentences.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "workspace/upkeep.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace Earshot {

namespace {

/// Runs `work` on a thread of the pool; progress comes on the GUI thread.
template <class T, class Work>
QFuture<T> later(Work work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->setProgressRange(0, 1000);
    promise->start();
    QFuture<T> future = promise->future();
    backgroundThreads().start([promise, call = std::move(work)] {
        promise->addResult(call([promise](double share) { promise->setProgressValue(int(share * 1000)); }));
        promise->finish();
    });
    return future;
}

QStringList inWords(const QList<KnownSentence> &sentences)
{
    QStringList said;
    for (const KnownSentence &sentence : sentences)
        said.append(KnownSentences::of(sentence));
    return said;
}

} // namespace

UpkeepDialog::UpkeepDialog(const QString &title, const QString &what, QWidget *parent)
    : QDialog(parent)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close, this))
    , m_text(new PlainLabel(what, this))
    , m_bar(new QProgressBar(this))
    , m_details(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("upkeepDialog"));
    setWindowTitle(title);
    m_text->setObjectName(QStringLiteral("upkeepText"));
    m_text->setWrapping(true);
    m_bar->setObjectName(QStringLiteral("upkeepBar"));
    m_bar->setAccessibleName(title);
    m_bar->setRange(0, 1000);
    m_bar->setFormat(tr("%p%", "progress; %p is a number"));
    m_details->setObjectName(QStringLiteral("upkeepDetails"));
    m_details->setAccessibleName(tr("What was found"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->hide();
    QPushButton *stop = m_buttons->addButton(tr("Cancel"), QDialogButtonBox::DestructiveRole);
    stop->setObjectName(QStringLiteral("upkeepCancel"));
    stop->setAutoDefault(false);
    connect(stop, &QPushButton::clicked, this, &UpkeepDialog::cancel);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    column->addWidget(m_details, 1);
    column->addWidget(m_buttons);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 14);
}

template <class T>
void UpkeepDialog::follow(const QFuture<T> &work, std::function<void(const T &)> told)
{
    auto *watcher = new QFutureWatcher<T>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &UpkeepDialog::showShare);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, told = std::move(told)] {
        if (watcher->future().resultCount() > 0)
            told(watcher->result());
    });
    watcher->setFuture(work);
}

void UpkeepDialog::end(bool isGood, const QString &sentence, const QStringList &details)
{
    if (isHidden()) {
        // Nobody asked for a cancelled one's end again.
        if (!*m_isCancelled)
            Q_EMIT endedAside(isGood,
                              details.isEmpty() ? sentence : sentence + QLatin1Char(' ') + details.constFirst());
        deleteLater();
        return;
    }
    setAttribute(Qt::WA_DeleteOnClose);
    m_bar->hide();
    m_buttons->findChild<QPushButton *>(QStringLiteral("upkeepCancel"))->hide();
    if (isGood)
        m_text->setText(sentence);
    else
        m_text->setTrouble(sentence);
    m_details->setPlainText(details.join(QLatin1Char('\n')));
    m_details->setVisible(!details.isEmpty());
}

void UpkeepDialog::waitForCount(const QString &then)
{
    m_bar->setRange(0, 0);
    m_counted = then;
}

void UpkeepDialog::showShare(int share)
{
    if (share > 0 && !m_counted.isEmpty()) {
        m_bar->setRange(0, 1000);
        m_text->setText(std::exchange(m_counted, QString()));
    }
    m_bar->setValue(share);
}

void UpkeepDialog::cancel()
{
    *m_isCancelled = true;
    reject();
}

UpkeepDialog *UpkeepDialog::verify(const QString &workspace, QWidget *parent)
{
    auto *dialog = new UpkeepDialog(tr("Check the workspace"), tr("The whole workspace is being read…"), parent);
    connect(dialog, &QObject::destroyed, [isCancelled = dialog->m_isCancelled] { *isCancelled = true; });
    const auto future = later<Result<VerifyReport>>(
        [workspace, isCancelled = dialog->m_isCancelled](const std::function<void(double)> &progress) {
            return verifyWorkspace(workspace, progress, [isCancelled] { return isCancelled->load(); });
        });
    dialog->follow<Result<VerifyReport>>(future, [dialog](const Result<VerifyReport> &report) {
        if (!report)
            dialog->end(false, ErrorText::of(report.error()), {});
        else if (report->isSound())
            dialog->end(true,
                        tr("The workspace is sound: %1 conversations, %2 messages.")
                            .arg(QLocale().toString(report->conversations), QLocale().toString(report->messages)),
                        {});
        else
            dialog->end(false, tr("%Ln problem(s) were found.", nullptr, int(report->found.size())),
                        inWords(report->found));
    });
    return dialog;
}

UpkeepDialog *UpkeepDialog::backUp(const QString &workspace, const QString &target, QWidget *parent)
{
    auto *dialog = new UpkeepDialog(tr("Back up the workspace"), tr("The workspace is being copied…"), parent);
    connect(dialog, &QObject::destroyed, [isCancelled = dialog->m_isCancelled] { *isCancelled = true; });
    const auto future = later<Done>(
        [workspace, target, isCancelled = dialog->m_isCancelled](const std::function<void(double)> &progress) {
            return backupWorkspace(workspace, target, progress, [isCancelled] { return isCancelled->load(); });
        });
    dialog->follow<Done>(future, [dialog, target](const Done &done) {
        dialog->end(done.has_value(),
                    done ? tr("The copy is in %1.").arg(QDir::toNativeSeparators(target)) : ErrorText::of(done.error()),
                    {});
    });
    return dialog;
}

UpkeepDialog *UpkeepDialog::exportList(const QString &workspace, const ListExport &list, const QString &missing,
                                       QWidget *parent)
{
    const auto with = [missing](const QString &text) -> QString {
        return missing.isEmpty() ? text : text + QLatin1Char(' ') + missing;
    };
    UpkeepDialog *dialog =
        list.search ? new UpkeepDialog(tr("Export what is found"),
                                       with(tr("All that the search finds is being looked for…")), parent)
                    : new UpkeepDialog(tr("Export the list"), with(tr("The list is being written…")), parent);
    if (list.search)
        dialog->waitForCount(with(tr("What was found is being written…")));
    connect(dialog, &QObject::destroyed, [isCancelled = dialog->m_isCancelled] { *isCancelled = true; });
    const auto future =
        later<Result<qint64>>([=, isCancelled = dialog->m_isCancelled](const std::function<void(double)> &progress) {
            return Earshot::exportList(workspace, list, [&](double share) {
                progress(share);
                return !isCancelled->load();
            });
        });
    dialog->follow<Result<qint64>>(future, [dialog, with, path = list.file](const Result<qint64> &rows) {
        const QString where = QDir::toNativeSeparators(path);
        dialog->end(rows.has_value(),
                    rows ? with(tr("%Ln conversation(s) were written to %1.", nullptr, int(*rows)).arg(where))
                         : ErrorText::of(rows.error()),
                    {});
    });
    return dialog;
}

} // namespace Earshot
