// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QImage>
#include <QPlainTextEdit>

#include <functional>

namespace Earshot {

class SpellMarks;

/// The composer's text field: plain text only, pictures and files that are pasted or dropped are told apart.
class ComposerEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);
    /// Keys that are not its own: they go on to what it is in.
    void leaveKeys(std::function<bool(const QKeyEvent &)> areLeft) { m_areLeft = std::move(areLeft); }
    /// Whether it edits or moves in a text field by itself, as Ctrl+C does.
    [[nodiscard]] static bool isOwnKey(const QKeySequence &pressed);
    void setTakesMedia(bool takesMedia) { m_takesMedia = takesMedia; }
    /// Marks what is beyond the network's limit. @param from UTF-16 position, -1 = nothing
    void markFrom(qsizetype from);
    [[nodiscard]] SpellMarks &spelling() { return *m_spelling; }
    /// Selects the next gap of a saved reply ("{order number}") from the cursor on, else the first. False = there is
    /// none.
    bool goToGap();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The menu of what is written opens: more can be added.
    void menuOpening(QMenu *menu);
    void filesGiven(const QStringList &paths);
    void imageGiven(const QImage &image);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void showMarks();

    std::function<bool(const QKeyEvent &)> m_areLeft;
    SpellMarks *m_spelling;
    QList<QTextEdit::ExtraSelection> m_beyond;     ///< what is too much for the network
    QList<QTextEdit::ExtraSelection> m_misspelled; ///< what no dictionary knows
    bool m_takesMedia = false;
};

} // namespace Earshot
